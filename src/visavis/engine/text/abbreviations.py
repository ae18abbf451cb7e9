"""Short forms and English names that advertisements use for French trades, written out.

Each line is "short form: words it stands for", folded. Words are added beside the short form, in
titles searched and in titles indexed alike, so that a wrong reading costs little.
"""

_TABLE = """
account executive: commercial grands comptes
account manager: charge de clientele commercial
accountant: comptable
admin: administrateur
adv: administration des ventes
aes: accompagnant educatif et social
aesh: accompagnant eleves en situation de handicap
agt: agent
amo: assistance maitrise d'ouvrage
amp: aide medico psychologique
ash: agent de service hospitalier
ass mat: assistant maternel
ass: assistant
asst: assistant
asv: auxiliaire veterinaire
atsem: agent territorial specialise des ecoles maternelles
aux: auxiliaire
avs: auxiliaire de vie sociale
back end: developpeur back-end
backend: developpeur back-end
barista: serveur cafe
bartender: barman
bdd: base de donnees
bdr: commercial prospection
business analyst: analyste fonctionnel
business developer: developpeur commercial
buyer: acheteur
call center: centre d'appels teleconseiller
cao: conception assistee par ordinateur
cashier: caissier
cdp: chef de projet
cesf: conseiller en economie sociale et familiale
chr: cafe hotel restaurant
cip: conseiller en insertion professionnelle
cleaner: agent d'entretien nettoyage
cn: commande numerique
compta: comptable
controller: controleur de gestion
cook: cuisinier
cpe: conseiller principal d'education
customer success: relation client
customer: client
cvc: chauffage ventilation climatisation
daf: directeur administratif et financier
dao: dessinateur assiste par ordinateur
data analyst: analyste de donnees
data engineer: ingenieur donnees
data scientist: scientifique des donnees
dba: administrateur de bases de donnees
delivery manager: chef de projet informatique
dev: developpeur
developer: developpeur
devsecops: devops securite
dg: directeur general
dir: directeur
drh: directeur des ressources humaines
driver: chauffeur conducteur
dsi: directeur des systemes d'information
edr: employe de restauration
educ: educateur
eje: educateur de jeunes enfants
els: employe libre service
embedded: embarque
engineer: ingenieur
front end: developpeur front-end
frontend: developpeur front-end
fullstack: developpeur full stack
gms: grande et moyenne surface
gtb: gestion technique batiment
help desk: technicien assistance support informatique
helpdesk: technicien assistance support informatique
housekeeper: employe de menage gouvernant
hse: hygiene securite environnement
human resources: ressources humaines
iade: infirmier anesthesiste
ibode: infirmier de bloc operatoire
ide: infirmier diplome d'etat
idec: infirmier coordinateur
infra: infrastructure systemes reseaux
ing: ingenieur
inge: ingenieur
it: informatique
jri: journaliste reporter d'images
key account: grands comptes
kine: masseur kinesitherapeute
labo: laboratoire
lead dev: developpeur referent technique
maint: maintenance
merchandiser: marchandiseur
mk: masseur kinesitherapeute
mns: maitre nageur sauveteur
moa: maitrise d'ouvrage
moe: maitrise d'oeuvre
network: reseau
nurse: infirmier
office manager: assistant de direction responsable administratif
opc: ordonnancement pilotage coordination
ope: operateur
ortho: orthophoniste
pao: publication assistee par ordinateur
payroll: paie
pharma: pharmaceutique
pl: poids lourd conducteur routier
pmr: personnes a mobilite reduite
prep: preparateur
product manager: chef de produit
product owner: chef de produit informatique
project manager: chef de projet
psy: psychologue
qa: qualite test logiciel
qhse: qualite hygiene securite environnement
qse: qualite securite environnement
qsse: qualite securite environnement
rd: recherche et developpement
receptionist: receptionniste
recruiter: charge de recrutement
resp: responsable
resto: restaurant
retail: commerce de detail vente
rh: ressources humaines
rrh: responsable ressources humaines
rssi: responsable securite des systemes d'information
sales manager: responsable commercial
sales: commercial vente
sav: service apres vente
scrum master: chef de projet agile
sdr: commercial prospection
secr: secretaire
si: systemes d'information
software: logiciel
spl: super lourd conducteur routier
supply chain: chaine logistique
sysadmin: administrateur systemes
system: systeme
talent acquisition: charge de recrutement
tce: tous corps d'etat
teacher: enseignant
team leader: chef d'equipe
tech: technicien
tester: testeur
testing: test logiciel
tisf: technicien de l'intervention sociale et familiale
tma: tierce maintenance applicative developpeur
tp: travaux publics
trainee: stagiaire
trainer: formateur
ui: interface utilisateur concepteur
ux: experience utilisateur concepteur interface
vdi: vendeur a domicile independant
vl: vehicule leger conducteur
vrd: voiries et reseaux divers
vrp: voyageur representant placier commercial
vsl: vehicule sanitaire leger ambulancier
waiter: serveur
warehouse: entrepot magasinier
welder: soudeur
"""

EXPANSIONS: dict[tuple[str, ...], str] = {
    tuple(short.split()): meaning.strip()
    for short, meaning in (line.split(":") for line in _TABLE.strip().splitlines())
}
LONGEST = max(map(len, EXPANSIONS))
