/// The names of sets of characters in `\p{...}`: Unicode's general categories, their long names, and its scripts.
///
/// As Go does since 1.25, case, spaces, hyphens and underscores make no difference. Source: Unicode 17,
/// `PropertyValueAliases.txt` (`gc`, `sc`), and Go's `unicode.Categories` and `unicode.Scripts`.
enum UnicodeClassNames {
    /// Whether `name` is one of them.
    static func contains(_ name: String) -> Bool {
        let plain = name.unicodeScalars.filter { $0 != "_" && $0 != "-" && $0 != " " }
        guard plain.allSatisfy(\.isASCII) else { return false }
        return all.contains(Substring(String(plain).lowercased()))
    }

    private static let all = Set([special, categories, longNames, scripts].flatMap { $0.split(separator: " ") })

    private static let special = "any assigned ascii"

    private static let categories = """
        c cc cf cn co cs l lc ll lm lo lt lu m mc me mn n nd nl no p pc pd pe pf pi po ps s sc sk sm so z zl zp zs
        """

    private static let longNames = """
        casedletter closepunctuation cntrl combiningmark connectorpunctuation control currencysymbol dashpunctuation \
        decimalnumber digit enclosingmark finalpunctuation format initialpunctuation letter letternumber \
        lineseparator lowercaseletter mark mathsymbol modifierletter modifiersymbol nonspacingmark number \
        openpunctuation other otherletter othernumber otherpunctuation othersymbol paragraphseparator privateuse \
        punct punctuation separator spaceseparator spacingmark surrogate symbol titlecaseletter unassigned \
        uppercaseletter
        """

    private static let scripts = """
        adlam ahom anatolianhieroglyphs arabic armenian avestan balinese bamum bassavah batak bengali beriaerfe \
        bhaiksuki bopomofo brahmi braille buginese buhid canadianaboriginal carian caucasianalbanian chakma cham \
        cherokee chorasmian common coptic cuneiform cypriot cyprominoan cyrillic deseret devanagari divesakuru dogra \
        duployan egyptianhieroglyphs elbasan elymaic ethiopic garay georgian glagolitic gothic grantha greek \
        gujarati gunjalagondi gurmukhi gurungkhema han hangul hanifirohingya hanunoo hatran hebrew hiragana \
        imperialaramaic inherited inscriptionalpahlavi inscriptionalparthian javanese kaithi kannada katakana kawi \
        kayahli kharoshthi khitansmallscript khmer khojki khudawadi kiratrai lao latin lepcha limbu lineara linearb \
        lisu lycian lydian mahajani makasar malayalam mandaic manichaean marchen masaramgondi medefaidrin \
        meeteimayek mendekikakui meroiticcursive meroitichieroglyphs miao modi mongolian mro multani myanmar \
        nabataean nagmundari nandinagari newa newtailue nko nushu nyiakengpuachuehmong ogham olchiki oldhungarian \
        olditalic oldnortharabian oldpermic oldpersian oldsogdian oldsoutharabian oldturkic olduyghur olonal oriya \
        osage osmanya pahawhhmong palmyrene paucinhau phagspa phoenician psalterpahlavi rejang runic samaritan \
        saurashtra sharada shavian siddham sidetic signwriting sinhala sogdian sorasompeng soyombo sundanese sunuwar \
        sylotinagri syriac tagalog tagbanwa taile taitham taiviet taiyo takri tamil tangsa tangut telugu thaana thai \
        tibetan tifinagh tirhuta todhri tolongsiki toto tulutigalari ugaritic vai vithkuqi wancho warangciti yezidi \
        yi zanabazarsquare
        """
}
