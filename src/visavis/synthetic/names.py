"""First names and family names of the people and small firms of a made-up market.

Chosen by hand among names common in France, of families from everywhere; no list of real people was used.
"""

from visavis.synthetic.dice import Dice

WOMEN = tuple(
    """Marie Nathalie Isabelle Sylvie Catherine Martine Christine Françoise Valérie Sandrine Stéphanie Sophie
    Céline Véronique Christelle Laurence Patricia Émilie Aurélie Caroline Julie Laetitia Virginie
    Delphine Élodie Karine Laura Mélanie Amandine Audrey Léa Manon Camille Chloé Emma Inès Sarah Lucie
    Pauline Mathilde Marion Anaïs Clara Jade Louise Alice Lina Nora Yasmine Samira Fatima Khadija Aïcha
    Nadia Leïla Malika Soraya Amina Mariam Fatoumata Aminata Awa Adama Bintou Rokia Grâce Divine Esther
    Rachel Myriam Salomé Agnieszka Ioana Elena Mihaela Olena Oksana Irina Natalia Svetlana Ana Rosa
    Conceição Lurdes Carmen Pilar Giulia Francesca Aylin Elif Zeynep Shirin Parisa Linh Mai Ngoc Xiu
    Priya Anjali Kimberly Jessica Océane Maëlle Solène Gwenaëlle Maylis Marine Noémie Justine Coralie""".split()  # noqa: SIM905
)
MEN = tuple(
    """Jean Michel Philippe Alain Patrick Nicolas Christophe Pierre Christian Éric Frédéric Laurent Stéphane
    David Pascal Thierry Olivier Sébastien Julien Thomas Alexandre Bruno Didier Franck Guillaume Vincent
    François Jérôme Maxime Antoine Kevin Romain Anthony Mathieu Cédric Ludovic Fabrice Lucas Hugo Théo
    Louis Nathan Enzo Quentin Clément Valentin Florian Benjamin Arthur Gabriel Jules Adam Rayan Mohamed
    Ahmed Karim Rachid Saïd Youssef Mehdi Sofiane Bilal Hamza Ibrahima Mamadou Ousmane Moussa Abdoulaye
    Cheikh Seydou Emmanuel Ismaël Samuel Élie Daniel Piotr Tomasz Andrei Mihai Ion Oleksandr Dmytro Igor
    Sergueï José Manuel João Paulo Carlos Marco Luca Mehmet Emre Mustafa Reza Farhad Omid Minh Tuan Wei
    Rahul Arjun Jordan Steven Dylan Loïc Yann Erwan Gaël Titouan Baptiste Corentin Damien Gilles Serge""".split()  # noqa: SIM905
)
FAMILIES = tuple(
    """Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux
    David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre
    Faure André Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin
    Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie
    Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier
    Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert
    Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland
    Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin
    Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry
    Guyot Carré Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly Hervé Schneider
    Fernandez Collet Léger Bouvier Julien Prévost Millet Perrot Daniel Cousin Germain Breton Besson
    Langlois Rémy Le-Gall Pelletier Lévêque Perrier Leblanc Barré Lebrun Marchal Weber Mallet Hamon
    Boulanger Jacob Monnier Michaud Rodriguez Guichard Gillet Étienne Grondin Poulain Tessier Chevallier
    Collin Chauvin Da-Silva Bouchet Gay Lemaître Benard Maréchal Humbert Reynaud Antoine Hoarau Perret
    Barthélemy Cordier Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier Laporte Ferreira Pereira
    Dos-Santos Fernandes Rodrigues Alves Gomes Benali Haddad Mansouri Bouzid Saïdi Belkacem Cherif
    Hamidi Ziani Amrani Toumi Mebarki Khelifi Brahimi Ouali Diallo Traoré Coulibaly Keita Diarra Konaté
    Camara Sow Ndiaye Diop Fall Ba Sarr Cissé Touré Koné Kouassi Mbemba Nkosi Okafor Mensah Tshibanda
    Yilmaz Kaya Demir Özdemir Arslan Nguyen Tran Pham Lê Chen Wang Zhang Singh Patel Kumar Rahmani
    Ahmadi Hosseini Kowalski Nowak Wójcik Popescu Ionescu Dumitru Kovalenko Shevchenko Bondarenko
    Petrova Rossi Russo Ferrari Sylla Abdi Tesfaye Lagarde Delmas Castel""".split()  # noqa: SIM905
)


def first_name(dice: Dice, *, is_woman: bool) -> str:
    """Draw a first name that goes with the title."""
    return dice.pick(WOMEN if is_woman else MEN)


def family_name(dice: Dice) -> str:
    """Draw a family name; one person in twenty-five bears two."""
    name = dice.pick(FAMILIES).replace("-", " ")
    if dice.chance(0.04):
        second = dice.pick(FAMILIES).replace("-", " ")
        return name if second == name else f"{name}-{second}"
    return name
