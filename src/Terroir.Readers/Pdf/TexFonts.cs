namespace Terroir.Readers.Pdf;

/// <summary>The letters of Knuth's fonts by their codes. TeX embeds these fonts with neither a table of Unicode nor
/// an encoding, and a parser then takes the code for the letter: an element sign becomes a 2.</summary>
internal static class TexFonts
{
    private const string Greek = "ΓΔΘΛΞΠΣΥΦΨΩ";

    // Codes 0 to 127, one letter each; a blank is a letter that has no use in text.
    private const string Italic = Greek
        + "αβγδϵζηθικλμνξπρστυϕχψωεϑϖϱςφ↼↽⇀⇁  ▷◁0123456789.,</>⋆"
        + "∂ABCDEFGHIJKLMNOPQRSTUVWXYZ♭♮♯⌣⌢"
        + "ℓabcdefghijklmnopqrstuvwxyzıȷ℘  ";

    private const string Symbols =
        "−·×∗÷⋄±∓⊕⊖⊗⊘⊙○◦•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻"
        + "←→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝′∞∈∋△▽\u0338↦∀∃¬∅ℜℑ⊤⊥"
        + "ℵABCDEFGHIJKLMNOPQRSTUVWXYZ∪∩⊎∧∨"
        + "⊢⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡¶♣♦♥♠";

    private const string Roman = Greek
        + "\0\0\0\0\0ıȷ`´ˇ˘¯˚¸ßæœøÆŒØ !”#$%&’()*+,-./0123456789:;¡=¿?"
        + "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[“]^˙"
        + "‘abcdefghijklmnopqrstuvwxyz–—˝~¨";

    private const string Large =
        "()[]⌊⌋⌈⌉{}⟨⟩|‖/\\()()[]⌊⌋⌈⌉{}⟨⟩/\\"
        + "()[]⌊⌋⌈⌉{}⟨⟩/\\/\\()          {}  "
        + "                ∑∏∫⋃⋂⨄⋀⋁∑∏∫⋃⋂⨄⋀⋁"
        + "∐∐      []⌊⌋⌈⌉{}√√√√√           ";

    private static readonly string[] RomanLigatures = ["ff", "fi", "fl", "ffi", "ffl"];

    private static readonly (string Prefix, string Table)[] Families =
    [
        ("CMMI", Italic), ("CMMIB", Italic), ("CMSY", Symbols), ("CMBSY", Symbols), ("CMEX", Large),
        ("CMR", Roman), ("CMBX", Roman), ("CMTI", Roman), ("CMSL", Roman), ("CMSS", Roman), ("CMB1", Roman),
        ("CMCSC", Roman), ("CMDUNH", Roman),
    ];

    /// <summary>The table of a font, or <see langword="null"/> if it is none of these.</summary>
    /// <param name="name">Such as <c>BKSOJG+CMMI10</c>.</param>
    public static string? TableOf(string name)
    {
        var plain = name[(name.IndexOf('+', StringComparison.Ordinal) + 1)..];
        if (plain.StartsWith("MSAM", StringComparison.OrdinalIgnoreCase))
        {
            return "⊡⊞⊠□■";
        }

        return Array
            .Find(Families, family => plain.StartsWith(family.Prefix, StringComparison.OrdinalIgnoreCase))
            .Table;
    }

    /// <summary>The letter of a code; empty if it has none.</summary>
    public static string LetterOf(string table, char code)
    {
        // The fonts hold their first 33 letters twice, for programs that cannot draw control codes.
        var place = code switch
        {
            >= '\u00a1' and <= '\u00aa' => code - 0xa1,
            >= '\u00ad' and <= '\u00c4' => code - 0xa3,
            _ => code,
        };
        if (place >= table.Length)
        {
            return place is > 0x20 and < 0x7f ? code.ToString() : "";
        }

        if (table[place] == '\0')
        {
            return RomanLigatures[place - Greek.Length];
        }

        return table[place] == ' ' ? "" : table[place].ToString();
    }
}
