"""What the categories of public lists mean in our interests, which of them are sensitive, and names of illnesses."""


def _of(said: dict[str, str]) -> dict[str, frozenset[str]]:
    return {category: frozenset(slugs.split()) for category, slugs in said.items()}


_SPORT = (
    "team_sport football rugby basketball racket_sports golf fitness swimming cycling climbing skiing water_sports"
    " horse_riding martial_arts skateboarding motor_racing sailing fishing hiking"
)
_HOME = "diy renovation decoration furniture housekeeping tidying building gardening repair smart_home energy"
_SHOWS = (
    "cinema tv_series music concerts theatre dance radio comics manga video_games classical_music art museums"
    " photography instruments singing sound video_making"
)

# Of a path, the longest beginning that stands here counts.
TOPICS = _of(
    {
        "/Arts & Entertainment/Comics & Animation": "comics manga images_3d",
        "/Arts & Entertainment/Events & Listings": "concerts events theatre cinema music theme_parks",
        "/Arts & Entertainment/Events & Listings/Film Festivals": "cinema",
        "/Arts & Entertainment/Movies": "cinema tv_series",
        "/Arts & Entertainment/Music & Audio": "music concerts instruments singing sound classical_music radio dance",
        "/Arts & Entertainment/Music & Audio/Musical Instruments": "instruments",
        "/Arts & Entertainment/Music & Audio/Classical Music": "classical_music",
        "/Arts & Entertainment/Performing Arts": "theatre dance concerts classical_music",
        "/Arts & Entertainment/TV & Video": "tv_series cinema video_making manga",
        "/Arts & Entertainment/Visual Art & Design": "art drawing graphic_design photography museums images_3d"
        " architecture decoration",
        "/Arts & Entertainment/Visual Art & Design/Architecture": "architecture building",
        "/Autos & Vehicles": "cars classic_cars motorbikes trucks motor_racing",
        "/Autos & Vehicles/Bicycles & Accessories": "cycling",
        "/Autos & Vehicles/Boats & Watercraft": "sailing",
        "/Autos & Vehicles/Campers & RVs": "camping",
        "/Autos & Vehicles/Commercial Vehicles": "trucks tractors",
        "/Beauty & Fitness": "beauty makeup fitness fashion",
        "/Beauty & Fitness/Face & Body Care": "makeup beauty",
        "/Beauty & Fitness/Fashion & Style": "fashion jewellery makeup",
        "/Beauty & Fitness/Fitness": "fitness",
        "/Books & Literature": "reading writing comics manga",
        "/Business & Industrial/Advertising & Marketing": "marketing content_creation online_selling",
        "/Business & Industrial/Building Materials & Supplies": "building renovation diy",
        "/Business & Industrial/Business Services/Office Supplies": "stationery",
        "/Business & Industrial/Construction Consulting & Contracting": "building renovation architecture",
        "/Business & Industrial/Event Planning": "events",
        "/Business & Industrial/Food Service": "restaurants",
        "/Business & Industrial/Industrial Materials & Equipment": "machines metalwork tractors diy electronics",
        "/Computers & Electronics": "computing programming phones electronics cybersecurity ai",
        "/Computers & Electronics/Computer Security": "cybersecurity",
        "/Computers & Electronics/Consumer Electronics": "audio_video phones smart_home photography video_games"
        " computing models",
        "/Computers & Electronics/Electronics & Electrical": "electronics making",
        "/Computers & Electronics/Software/Multimedia Software": "sound graphic_design video_making images_3d"
        " photography",
        "/Food & Drink": "cooking baking restaurants local_food coffee_tea",
        "/Games/Board Games": "board_games chess word_games puzzles",
        "/Games/Computer & Video Games": "video_games chess puzzles word_games trading_cards board_games",
        "/Games/Roleplaying Games": "board_games video_games trading_cards",
        "/Games": "video_games board_games chess puzzles word_games",
        "/Hobbies & Leisure/Art & Craft Supplies": "crafts sewing drawing",
        "/Hobbies & Leisure/Boating": "sailing",
        "/Hobbies & Leisure/Outdoors": "hiking camping fishing climbing water_sports horse_riding nature sailing"
        " cycling",
        "/Hobbies & Leisure": "crafts collections models sewing stamps_coins events family_tree",
        "/Home & Garden": _HOME,
        "/Home & Garden/Kitchen & Dining": "cooking baking coffee_tea",
        "/Home & Garden/Patio, Lawn & Garden": "gardening kitchen_garden flowers",
        "/Jobs & Education/Education": "teaching programming languages science",
        "/Law & Government": "",
        "/News/Business News": "economy",
        "/News/Sports News": _SPORT,
        "/Pets & Animals": "animals dogs cats aquariums horse_riding",
        "/Pets & Animals/Pets/Dogs": "dogs animals",
        "/Pets & Animals/Pets/Cats": "cats animals",
        "/Pets & Animals/Pets/Fish & Aquaria": "aquariums",
        "/Real Estate": "property",
        "/Reference/Language Resources": "languages spelling word_games",
        "/Science": "science astronomy nature weather birds",
        "/Shopping/Antiques & Collectibles": "antiques collections stamps_coins trading_cards",
        "/Shopping/Apparel": "fashion jewellery",
        "/Shopping/Classifieds": "second_hand cars property flea_markets",
        "/Shopping/Flowers": "flowers",
        "/Shopping/Toys": "models board_games trading_cards collections",
        "/Sports": _SPORT,
        "/Travel & Transportation": "travel trains aviation camping hiking",
    }
)

UT1 = _of(
    {
        "sports": _SPORT,
        "cooking": "cooking baking local_food restaurants coffee_tea",
        "games": "video_games board_games chess puzzles word_games trading_cards",
        "manga": "manga comics",
        "audio-video": f"{_SHOWS} audio_video",
        "radio": "radio music",
        "ai": "ai",
        "cleaning": "housekeeping computing cybersecurity",
        "mobile-phone": "phones",
    }
)

WHOTRACKSME = _of(
    {
        "Entertainment": f"{_SHOWS} {_SPORT} reading writing phones computing chess board_games puzzles word_games"
        " trading_cards cooking content_creation",
        "Recreation": f"travel restaurants cooking cars hiking camping theme_parks aviation {_SPORT}",
    }
)

SENSITIVE = frozenset({
    "sensitive", "adult", "mixed_adult", "lingerie", "dating", "gambling", "arjel", "drogue", "sect", "child",
    "sexual_education", "dangerous_material", "financial", "bank",
    "Adult", "Political", "Health", "Banking", "Government",
    "/People & Society", "/Health", "/Finance/Credit & Lending", "/Finance/Banking", "/Law & Government",
    "/News/Politics",
})  # fmt: skip

_ILLNESSES = """
    acné adhd aids alopécie alzheimer anémie anemia anévrisme angine angina anorexia anorexie anxiety anxiété apnée
    arthritis arthrite arthrose asthma asthme autisme autism avc bipolar bipolaire boulimie bronchite bronchitis
    bulimia burnout cancer cataract cataracte chemotherapy chimiothérapie cholestérol cirrhose cirrhosis coliques
    colitis covid crohn cystite cystitis dementia démence depression dépression dermatitis diabète diabetes
    dyslexia dyslexie dyspraxie eczema eczéma embolie endométriose endometriosis epilepsy épilepsie fibromyalgia
    fibromyalgie fièvre fever flu fracture gastrite gastritis glaucoma glaucome gout goutte grippe grossesse
    handicap hemorrhoids hémorroïdes hépatite hepatitis hernia hernie herpes herpès hypertension hypothyroïdie
    infarctus infertilité insomnia insomnie ivg leucémie leukemia lumbago lupus lymphome lymphoma maladie measles
    melanoma mélanome meningitis méningite menopause ménopause migraine mononucléose mucoviscidose myopathie
    nausée neuropathy obésité obesity ostéoporose osteoporosis otite parkinson phlébite phobia phobie pneumonia
    pneumonie pregnancy psoriasis psychose psychosis rhumatisme rougeole schizophrenia schizophrénie sciatica
    sciatique sclérose scoliose septicémie sida sinusite stroke syphilis tendinite tuberculose tuberculosis tumeur
    tumour ulcère ulcer urticaire varicelle vertigo vih zona
"""
ILLNESSES = frozenset(_ILLNESSES.split())
