"""Words that both sides of the desk use, and that the engine reads by the same codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContractKind(models.TextChoices):
    PERMANENT = "permanent", _("Permanent contract")
    FIXED_TERM = "fixed_term", _("Fixed-term contract")
    TEMPORARY = "temporary", _("Temporary agency work")
    SEASONAL = "seasonal", _("Seasonal work")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship or work-study")
    SELF_EMPLOYED = "self_employed", _("Self-employed work")
    OTHER = "other", _("Another kind of contract")


class Licence(models.TextChoices):
    AM = "AM", _("AM: moped")
    A1 = "A1", _("A1: light motorcycle")
    A = "A", _("A: motorcycle")
    B = "B", _("B: car")
    BE = "BE", _("BE: car with trailer")
    C1 = "C1", _("C1: light lorry")
    C = "C", _("C: lorry")
    CE = "CE", _("CE: lorry with trailer")
    D1 = "D1", _("D1: minibus")
    D = "D", _("D: bus and coach")
    CACES_1 = "caces_1", _("CACES 1: pallet trucks")
    CACES_3 = "caces_3", _("CACES 3: forklift trucks")
    CACES_5 = "caces_5", _("CACES 5: reach trucks")
    CACES_OTHER = "caces_other", _("CACES of another category")
    FIMO = "fimo", _("FIMO: professional driver's training")


class Transport(models.TextChoices):
    """Door-to-door speed in a straight line, km/h: see the engine's geo module."""

    WALK = "walk", _("On foot")
    BIKE = "bike", _("By bicycle")
    TRANSIT = "transit", _("By public transport")
    CAR = "car", _("By car")


class Condition(models.TextChoices):
    """What a vacancy may have and a person may avoid."""

    NIGHT = "night", _("Night work")
    EARLY_MORNING = "early_morning", _("Early mornings")
    EVENING = "evening", _("Evenings")
    SATURDAY = "saturday", _("Saturdays")
    SUNDAY = "sunday", _("Sundays and public holidays")
    SPLIT_SHIFTS = "split_shifts", _("Split days")
    SHIFTS = "shifts", _("Rotating shifts")
    TRAVEL = "travel", _("Frequent travel")
    OUTDOORS = "outdoors", _("Outdoor work")
    HEAVY_LOADS = "heavy_loads", _("Heavy loads")
    HEIGHTS = "heights", _("Work at height")
    STANDING = "standing", _("Standing all day")
    NOISE = "noise", _("Noise")
    COLD = "cold", _("Cold")
    HEAT = "heat", _("Heat")
    PUBLIC_CONTACT = "public_contact", _("Contact with the public")
    SCREEN = "screen", _("Screen work all day")
    REMOTE = "remote", _("Remote work")


class EducationLevel(models.IntegerChoices):
    """Levels of the French national framework (2019), as in ROME and the vacancies of France Travail."""

    NONE = 0, _("No schooling")
    LOWER_SECONDARY = 1, _("Lower secondary school")
    VOCATIONAL = 3, _("CAP, BEP or equivalent")
    BACCALAUREATE = 4, _("Baccalauréat or equivalent")
    TWO_YEARS = 5, _("Two years of higher education")
    BACHELOR = 6, _("Bachelor's degree")
    MASTER = 7, _("Master's degree")
    DOCTORATE = 8, _("Doctorate")


class LanguageLevel(models.IntegerChoices):
    """Common European Framework of Reference."""

    A1 = 1, _("A1: a few words")
    A2 = 2, _("A2: simple exchanges")
    B1 = 3, _("B1: everyday situations")
    B2 = 4, _("B2: most situations")
    C1 = 5, _("C1: fluent")
    C2 = 6, _("C2: as a native speaker")


class OwnVehicle(models.TextChoices):
    """What an ad says of a vehicle of one's own, beside any licence."""

    REQUIRED = "required", _("Needed for the work")
    WISHED = "wished", _("A plus")
    NO = "no", _("Not needed: the employer gives one")


class SkillLevel(models.IntegerChoices):
    NOTIONS = 1, _("I am learning")
    AUTONOMOUS = 2, _("I manage alone")
    CONFIDENT = 3, _("I am at ease")
    EXPERT = 4, _("I can teach it")


class SpokenLanguage(models.TextChoices):
    """ISO 639-1, but for French sign language, which has no code of two letters."""

    FR = "fr", _("French")
    EN = "en", _("English")
    DE = "de", _("German")
    ES = "es", _("Spanish")
    IT = "it", _("Italian")
    PT = "pt", _("Portuguese")
    NL = "nl", _("Dutch")
    PL = "pl", _("Polish")
    RO = "ro", _("Romanian")
    UK = "uk", _("Ukrainian")
    RU = "ru", _("Russian")
    TR = "tr", _("Turkish")
    AR = "ar", _("Arabic")
    FA = "fa", _("Persian and Dari")
    PS = "ps", _("Pashto")
    BN = "bn", _("Bengali")
    TA = "ta", _("Tamil")
    VI = "vi", _("Vietnamese")
    ZH = "zh", _("Chinese")
    WO = "wo", _("Wolof")
    SW = "sw", _("Swahili")
    SQ = "sq", _("Albanian")
    SO = "so", _("Somali")
    TI = "ti", _("Tigrinya")
    KA = "ka", _("Georgian")
    HY = "hy", _("Armenian")
    KU = "ku", _("Kurdish")
    BG = "bg", _("Bulgarian")
    SR = "sr", _("Serbian")
    HI = "hi", _("Hindi")
    UR = "ur", _("Urdu")
    LN = "ln", _("Lingala")
    BM = "bm", _("Bambara")
    HT = "ht", _("Haitian Creole")
    JA = "ja", _("Japanese")
    KO = "ko", _("Korean")
    FSL = "fs", _("French sign language")
