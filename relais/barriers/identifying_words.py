"""The words by which a text gives someone away, in English, French, Arabic, Russian, Kyrgyz and Tajik.

Every entry is a regular expression over folded text (deidentify.fold): lower-case, without marks or invisible signs,
with Western digits, and "№" written "no". A language is added by adding its words here, and its sentences to tests/barriers/test_deidentify.py.
"""

# What stands before a name whatever comes next: "my name is", "je m'appelle", "меня зовут", "менин атым", "номи ман", "اسمي".
BEFORE_A_NAME = (
    r"(?:my|his|her|their|whose) (?:full |first |last |family )?name is",
    r"(?:i am|i'm|he is|she is|is|who is) called",
    r"(?:(?:first|last|full|family) )?name ?:",
    r"(?:je m|s|m)['’ ]?appell?e",
    r"(?:mon|son|leur) (?:nom|prenom)(?: de famille)? est",
    r"(?:nom|prenom)(?: de famille)? ?:",
    r"(?:меня|его|ее|которую|которого|женщину|мужчину) зовут",
    r"по (?:имени|фамилии)",
    r"(?:мое|его|ее) имя(?: -|:)?",
    r"(?:моя |его |ее )?фамилия ?[:-]?",
    r"(?:имя|ф\.? ?и\.? ?о\.?) ?:",
    r"(?:менин|анын) (?:атым|аты|фамилиям|фамилиясы)",
    r"(?:атым|аты[- ]жону|фамилиям)",
    r"(?:номи|насаби) (?:ман|у|вай)",
    r"(?:номам|номаш|насабаш|насабам) ?[:-]?",
    r"(?:اسمي|اسمه|اسمها|واسمه|واسمها|إسمي|الاسم ?:|يدعى|تدعى|كنيته|كنيتها|اسم العائلة ?:?)",
)
# What stands before a name only if a capital follows, where the script has capitals: "Mrs", "г-жа".
BEFORE_A_CAPITAL = (
    r"(?:mr|mrs|ms|miss|dr|prof)\.?",
    r"(?:named|called)",
    r"(?:m|mm|mme|mlle|monsieur|madame|mademoiselle|nommee?|prenommee?|denommee?)\.?",
    r"(?:г-н|г-жа|господин|госпожа|гражданин|гражданка|гр\.|зовут)",
    r"(?:мырза|айым|байке|эже)",
    r"(?:чаноби|хонуми|мухтарам)",
)
BEFORE_A_NAME_WITHOUT_CAPITALS = (r"(?:السيدة?|الآنسة|الحاجة?|الأخت|الأخ|الدكتورة?)",)
# After "her name is": these say something of the name, they are not one.
NOT_A_NAME = (
    "a an the not no in on at missing misspelt misspelled spelled spelt written different wrong absent unknown "
    "pas mal ecrit ecrite mentionne mentionnee absent absente sur dans different differente inconnu le la un une "
    "не нет в на неправильно написано написана неверно ошибочно отсутствует другая другое указано указана "
    "жок туура эмес башка ката нодуруст нест дигар хато "
    "غير ليس مكتوب مكتوبة في على خطأ ناقص مختلف لا لم"
)
# Ends of words that are family names or patronymics, when a capital begins them.
ENDS_OF_NAMES = (
    r"(?:ович|евич|овна|евна|зода|оглы|кызы|ovich|evich|ovna|evna|zoda|zade|ogly)",
    r"(?:(?<=\w\w\w)(?:ов|ова|ову|овой|ев|ева|еву|евой|ов[аы]м|ovy?|ova|ev|eva))",
)
BESIDE_NAMES = r"(?:уулу|кызы|улы|uulu|kyzy|qizi|oglu)"
ENDS_LIKE_A_NAME = "молдова молдовы moldova киев kiev ростов саратов тамбов псков кишинев chisinev"

BIRTH = (
    r"(?:born|birth ?date|date of birth|d\.?o\.?b\.?|birthday)",
    r"(?:nee? (?:le|en)|date de naissance)",
    r"(?:родил(?:ся|ась)|рожд(?:ения|[её]н)|д\.? ?р\.?|года? рожд)",
    r"(?:туулган|туулду)",
    r"(?:таваллуд|зода шуд|соли таваллуд)",
    r"(?:مواليد|ولدت?|تاريخ (?:ال)?(?:ميلاد|ولادة)|المولودة?)",
)
MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?",
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
    r"janv(?:ier)?|fevr?(?:ier)?|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre",
    r"янв[а-я]*|фев[а-я]*|март[а-я]?|апр[а-я]*|ма[йя]|июн[а-я]?|июл[а-я]?|авг[а-я]*|сен[а-я]*|окт[а-я]*|ноя[а-я]*|дек[а-я]*",
    r"يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر",
    r"كانون الثاني|شباط|آذار|اذار|نيسان|أيار|ايار|حزيران|تموز|آب|أيلول|ايلول|تشرين الأول|تشرين الثاني|كانون الأول",
)
DOCUMENTS = (
    r"(?:passport|identity card|id card|i\.?d\.?|certificate|permit|visa|card|file|case)",
    r"(?:passeport|carte(?: d'identite| de sejour)?|acte|certificat|titre de sejour|dossier|recepisse)",
    r"(?:паспорт[а-я]*|удостоверени[а-я]*|свидетельств[а-я]*|справк[а-я]*|инн|пин|id[- ]карт[а-я]*|дел[оау])",
    r"(?:шаалык|кубол[уү]к|күбөл[а-я]*|шиноснома[а-я]*|шаходатнома[а-я]*|гувохнома[а-я]*)",
    r"(?:جواز(?: سفر(?:ها|ه|ي)?)?|هوي[ةته][هاي]*|بطاق[ةته][هاي]*|شهاد[ةته]|إقام[ةته][هاي]*|ملف)",
)
STREETS = (
    r"(?:street|st\.|avenue|ave\.?|road|rd\.?|lane|boulevard|blvd\.?|square)",
    r"(?:rue|avenue|boulevard|impasse|allee|chemin|place)",
    r"(?:ул\.?|улиц[аеуы]|просп(?:ект[а-я]*|\.)|пр-т|пер\.|переулок|переулке|микрорайон[а-я]*|мкр\.?)",
    r"(?:к[оө]ч[оө]с[уү](?:нд[оө])?|куча[ие]?)",
    r"(?:شارع|حي|زقاق|جادة)",
)
DWELLINGS = (
    r"(?:house|apartment|apt\.?|flat|building)",
    r"(?:appartement|appt?\.?|maison|batiment|logement)",
    r"(?:дом[ае]?|д\.|квартир[аеы]|кв\.|корпус)",
    r"(?:үй|уй|батир|хонаи|манзили)",
    r"(?:منزل|بيت|شقة|بناية|مبنى|عمارة)",
)
