"""Words of ordinary talk, by which a title made of them is told from a sentence that merely uses them."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, separated by blanks."""
    return frozenset(text.split())


# Words that are grammar, or moves of a conversation: as titles (It, Her, Up, No, Once) they need the clearest sign of all.
FUNCTION = word_set("""
a about above across after again against ago ah al all along already also although always am an and another any anybody
anyone anything are arent around as at away aww back be because been before being below between bit both btw but by bye came
can cant click come comes coming could d did didnt do does doesnt doing don done dont down during each either else enough
etc even ever every everyone everything far few first for from gave get gets getting give gives go goes going gone gonna got
gotta had haha hahaha has hasnt have havent having he hehe hello her here hers hes hey hi him his hm hmm how i id idk if ill
im imo in inside into is isnt it its itself ive just kind kinda knew know knows last later least less let lets like ll lmao
lol lot lots m made make makes making many may maybe me might mine more most much must my myself near need needs neither
never next no nobody none nope nor not nothing now of off often oh ok okay omg on once one ones only onto ooh or other
others our ours out outside over own perhaps please pls plz put puts quite r rather re really right s said same say says
second several shall she shes should since so some somebody someone something sometimes soon sorry sort sorta still stuff
such t take takes tbh tell tells than thank thanks that thats the their theirs them then there these they theyre think
thinks third this those though thought through thx till to today told tomorrow tonight too took twice u ugh uh um under
unless until up ur us v ve very vs wanna want wanted wants was wasnt way we well went were werent what whats when where
which while who whoa whom whose why will wish with without wont would wow x yay yeah yep yes yesterday yet you your youre
yours
""")

# The pronouns among them, which even a list of titles does not turn into titles unless they are capitalised.
PRONOUNS = word_set("""
all any both he her here hers him his i it its me more most my no none one other others our she some that their them there
these they this those us we what which who yes you your
""")

# Everyday words of talk about films and evenings: a name made of nothing else counts only when something points at it.
COMMON = FUNCTION | word_set("""
able action actor actors actress adult adults afternoon age air alien aliens alone amazing american angry animal animals
anime answer app art ask asked awesome baby bad ball band based bathroom beach bear beast beautiful beauty bed began begin
beginning believe best better beyond big bird birds birthday black blood bloody blue board boat body book books bored boring
born boss boy boyfriend boys brain brave break bright bring british brother brothers brought brown building bus business
busy buy call called car card care cars case cast cat catch cats caught cause chance change character characters cheap cheer
cheesy child children choice choose christmas cinema city class classic clean clear clever close club cold college color
colour comedies comedy comfort company complete contact cook cool cosy country couple course crazy creepy crime cry culture
cut cute dad daddy damn dance dancing dark date daughter day days dead deal dear death deep definitely detective die died
different dinner direct directed director directors disaster doctor documentary dog dogs door double doubt drama dramas
dream dreams drink drive driver driving drop dude dumb early earth easy eat eight elegant emotional end ending enemy english
enjoy enjoyed entire epic episode escape especially evening event evil exactly excellent exciting expect experience eye eyes
face fact fair fall family famous fan fantastic fantasy fast father favorite favourite fear feel feeling feelings feels felt
female fight fighting film films final finally find fine finish finished fire fit five flick flicks fly follow food foot
force forever forget forgot found four free french fresh friday friend friendly friends fun funny future game games gang
genre genres german ghost ghosts girl girlfriend girls glad god gold good gory grand great green group grow grown guess guy
guys hair half hand hands happen happened happens happy hard hate hated hear heard heart heat heavy help hero heroes high
history hit hold holiday holidays home honest honestly hope horrible horror hot hour hours house huge human humor humour
hundred husband idea important incredible indie intense interested interesting italian japanese job joke joy judge jump keep
kid kids kill killed killer killing king kiss knew korean lady land language large late lately latest laugh lead leave left
leg lesson life light lighter liked line link list listen literally little live lived lives living local london lonely long
longer look looked looking looks lord loss lost loud love loved lovely lover lovers loves low luck lucky mad magic magical
main man mass master match matter mean means meant meet men mention middle mind mine minute minutes miss missed mission
mistake modern mom moment moments money monster monsters month months mood moon morning mother mountain mouth move moved
movie movies moving mum murder music musical musicals mystery name named names nature network new news nice night nights
nine normal north note notice number numbers ocean offer office old older open opening order original parent parents paris
part parts party past pay peace people perfect person pet phone piece place places plan plane planet play played player
playing plays plenty plot point police poor popular possible power prefer pretty price prince princess prison private
probably problem program project proper queen question questions quick quickly quiet quirky race rain raise random rate
rating reach read reading ready real reality reason recent recently recommend recommendation red relax release released
remake remember remind request rest return review reviews rich ride ring rise river road robot robots rock role roll romance
romantic room rough round rule rules run running sad safe saturday save saw scare scared scary scene scenes school science
score scream screen sea season seat seconds secret see seeing seem seems seen sense serial series serious set seven sex sexy
shape share shed ship shoot short shorter shot show shows sick side sign silent silly simple sing single sister sit site six
sky sleep slow small smart smile social soft soldier solid son song songs soul sound sounds soundtrack south space spanish
speak special speed spend spirit spooky sport sports spring spy stage stand star stars start started starting starts state
stay step stop store stories storm story strange street strong student stupid style suggest suggestion suggestions summer
sun sunday super superhero support sure surprise sweet swim table tale talk talking talks tall taste teacher team tears teen
television ten tense terrible test theater theatre theme thing things thriller thrillers time times tired title titles
together tone top total touch tough town trailer train travel tree trip trouble true trust truth try trying turn turned tv
twelve twist two type ugly uncle understand unique universe until upset use used usual usually vampire vampires version
video view villain violence violent visit visual visuals voice wait walk wall war warm watch watched watching water wave
ways weak wear weather wedding week weekend weekends weird west western white whole wife wild win wind window winter witch
witches woman women wonder wonderful wood word words work working world worst worth write wrong year years yellow young
younger zombie zombies
""")

# Words that name a taste, a subject or a side of a film: "I love music", "I liked the score" speak of no title.
TOPICS = word_set("""
acting action actor actors actress adult adults adventure aliens american animal animals animation anime art autumn bad
baseball beautiful best big biography birds black blood bloody book books boxing boys british cars cast cat cats character
characters cheesy childhood children chinese christmas cinema city classic classics college color colour comedies comedy
cooking cool country couples creepy crime cute dance dancing dark darker death deep dialogue different director directors
documentaries documentary dog dogs drama dramas dream dreams easy effects emotional ending english epic family famous
fantasy fast film films food football foreign french friends friendship fun funny game games genre genres german ghosts
girls good gore gory great halloween happy heroes history home horror house humor humour idea indian intense interesting
italian japanese jokes kids killers korean life light lighter long love magic marriage men modern money monsters movie
movies murder music musical musicals mysteries mystery nature new newer nice night novel ocean old older opening original
people pirates plot politics popular quirky racing random reality religion robots romance romantic russian sad scary scene
scenes school science score sea series serious sex sexy short show shows silent silly simple slow small smart song songs
sound soundtrack space spanish spies spooky sport sports stories story strange style summer superheroes surprise suspense
technology tension theme themes thriller thrillers time trailer travel truth twist twists vampires video villains violence
violent visuals voice war wedding weddings weird western westerns white winter witches women world worst zombies
civilwar coldwar worldwar endoftheworld
""")

# Plain words beyond talk about films that have named a film on their own: known words, so neither typos nor names.
ORDINARY = COMMON | word_set("""
accident adaptation addiction affair afterlife airplane airport amateur amour angel angels apartment apocalypse apollo
arrival artist attack audition august aurora avatar awake awakening babe babies bachelor badlands balloon bandit bandits
bank barbarian barn basement battle beaches bees beetle before behave beloved bent bewitched bicycle birth blackmail blade
blast blindness bliss blonde bloom blow boogie border borderline bounce bound box brick bride bridesmaids bridge brink
brooklyn brothel buried burn burning butcher butterfly cabaret cabin cage camp candy capital captain captive carol carousel
carrie castle cats cell champion chaos charade charlie chase chef chess chicken chocolate christine circle circus clerk
clerks closer closet clue coach cobra code collateral colony comet commando compass confidence congo conspiracy constant
contagion control convoy cop copycat cord core country courage cradle crank crash creation creed creep crimson crow crown
crush cube curfew cursed cyborg dagger dancer danger daredevil darling dawn daylight deadline deception defiance delirious
deliverance demolition departed descent desert desire despair destiny detention detour devil diamond diary dinosaur
disclosure divergent diversion divide dodgeball domino doom doubt downfall downhill dragon dragonfly duck duel dunes
duplicity eagle election elephant elf elizabeth emerald emma empire enchanted encounter endless enemy enough envy
equilibrium eraser eve evolution executive exile exit exodus extract fabric faith fallen fame farm fatal fate ferris fever
field firewall flame flash flawless flight flipped flirt flood florida flower focus force fortress fountain fracture frank
freedom freeway frenzy friction fringe frog frozen fugitive funeral fury gallery gamer garage garden gate gentleman giant
gift gigantic glass glory goal goblin godfather golden gospel gothic grace graduate grandma grass gravity grease greed grind
grudge guard guide guilty gun habit hammer handsome hanger hanging harvest hatchet haunted haven hawk headlights heartbeat
hearts heathers heaven heist helicopter hell hereafter heroine hesher hide highlander highway hill hoax holes hollow
homefront hook hooligans horizon horse host hostage hostel hotel hunger hunt hunter hush hypnotic ice icon identity idiot
igloo illusion immortal impact impossible imposter inception incident infamous inferno infinite innocence insane insider
insomnia instinct insurgent intruder invincible invisible iris iron island jacket jail jazz jealousy jet joker journey
jungle junior jury justice karate keeper kicking kin kingdom kingpin kit kitchen knight knock labyrinth ladder lake lamb
lantern laser law lawless lawyer league leather legacy legend legion leopard letter letters levity liar library light
lighthouse limbo limitless lion lions lips lizard lobster loft logan loser lucky lullaby lunch machete machine madhouse
madness magician magnolia magnum maid mama mambo manhattan manic mannequin marathon margin marine mask matador matrix
maverick maze memory mercury mercy message metropolis midnight midway milk miracle mirror mirrors mischief misery missing
mob model monkey monkeys mortal motel moth mud multiplicity mummy munich muppet muse mustang mutant naked narc nebraska
necessary needle neighbor neighbors neighbour nest newly nightmare nobody noise nomad notebook notorious nova nurse oblivion
obsession october offside omen onward operator oracle orange orchestra orphan orphanage oscar outbreak outlaw outrage owl
pacific pandora panic panther paper parade paradise paranoia parasite parenthood park passenger passengers passion patriot
pawn payback pearl penelope penguin perfume persona persuasion phantom philadelphia phoenix photograph pianist piano
pickpocket picnic pig pilgrim pink pioneer pirate pitch platoon pleasure poison poltergeist pool popcorn porcelain
possession poster powder predator premonition prestige prey pride priest primer prisoner prisoners professional project
promise proof prophet proposal prospect psycho pulse pumpkin punisher punishment puppet pure purge push puzzle quarantine
quartet quest quiz rabbit radio rage raid rambler rampage ransom rapture rat rebecca rebel rebound recall reckless recruit
redemption reds reflection regression religion remains replicas requiem rescue resort resurrection revenge revolver ringer
ripped risk ritual rival roar robbery robe rocket rogue rooftop roommate rope rose roses rudderless ruin ruins runaway rush
sabotage sacrifice sailor saint saints salt salvation samurai sanctuary sanctum sand savages scandal scanners scarecrow
scoop scorpion scrooge search sequel serenity shadow shadows shaft shame shark shelter shine shining shiver shock shooter
shotgun sideways siege signal signs silence sinister sinner slayer sleeper sleepers sleuth slice sliver smoke smoking snake
snatch sniper snow snowball sparkle spartan species spectre spider spirits splash splinter split spotlight spun stalker star
stealth step stick sting stoker stone stoned straight stranger strangers stray stripes stroke suicide sunrise sunset
sunshine surrogates survival survivor suspicion swan sword sympathy syndrome taken tangled target tattoo taxi teeth temple
temptation tenant tenderness terminal terminator territory thief thirst thirteen threads threesome thunder ticket tiger
titan titanic toast tornado torque touching tourist toy toys trade traffic tragedy traitor trance transporter trap treasure
trial triangle tribe troll trolls troy turbo turtle twilight twin twins twister unbreakable unbroken undercover underworld
undisputed unfaithful unforgettable unforgiven union unknown unleashed unstoppable untouchable untraceable vacancy vacation
valentine valiant vanished vegas vengeance venom vertigo veteran vice victim victory village virgin virus volcano volver vow
walker wanderlust wanted warrior warriors watchmen web whale wheel whiplash whisper widow widows willow wings winner wired
wit wolf wolves womb wonderland wrath wrestler zodiac zoo
""")

# What people say to each other, spelled as keys (words run together): titles only when announced as such.
SAYINGS = word_set("goodmorning goodevening goodnight goodbye goodluck seeyoulater thankyou")

# In a date, a month is no film; nor is a day of the week.
CALENDAR = word_set("""
april august december february friday january july june march may monday november october saturday september sunday thursday
tuesday wednesday
""")

ARTICLES = frozenset(("the", "a", "an"))
FOREIGN_ARTICLES = frozenset(("le", "la", "les", "el", "los", "las", "il", "das"))

# Given names: as a capitalised word they are people more often than films (Max, Annie, Ray), so that a capital proves nothing.
GIVEN_NAMES = word_set("""
adam adele alex alexander alfie ali alice amelia amy andrew angela anna anne annie anthony arthur barbara ben bernie bill
bob bobby brad brian bruce bruno carl carol caroline carrie cathy charles charlie charlotte chloe chris christina christine
christopher cindy claire clara coraline dan daniel danny dave david dean diana diane dolores donna dorian doris doug drew ed
eddie edward elena elizabeth ella ellen elsa emily emma eric ernest ethan eva evan eve evelyn felix fiona frank fred freddy
gary george georgia gerry gia gigi gina gloria grace greg gus hank hannah harold harriet harry harvey heather helen henry
holly howard hugo ian irina iris isabel jack jackie jacob jake james jamie jane janet jason jay jean jeff jennifer jenny
jerry jess jesse jessica jim jimmy joan joe joel john johnny jon jordan joseph josh joy joyce juan judy jules julia julian
julie juliet june justin karen kate kathy katie keanu keith kelly ken kevin kim kyle larry laura lauren leah lee leo leon
leonard leslie linda lisa lola louis louise lucas lucy luke lulu lynn maggie marcus margaret maria marie mark marlene martha
martin marty mary matilda matt matthew maud max megan mia michael michelle mike mildred milk molly monica nadia nancy nathan
neil nell nick nicole nina noah nora norma oliver olivia oscar otto pam patrick paul paula peggy peter phil philip polly
rachel ralph ray rebecca rita rob robert robin roger ron rosa rose ross roxanne ruby russell ruth ryan sally sam samantha
sandra sara sarah scott sean selena shane sharon sheila simon simone sofia sophia sophie stella stephen steve steven stuart
sue susan sylvia ted teresa terry thelma thomas tim tina todd tom tommy tony tracy ursula vera veronica victor victoria
vincent virginia wallace walter wanda warren wendy will william willy yolanda zoe
""")
