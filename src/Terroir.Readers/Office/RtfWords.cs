namespace Terroir.Readers.Office;

/// <summary>The control words that matter.</summary>
internal static class RtfWords
{
    /// <summary>Tells where the words of a group go that begins with this control word.</summary>
    public static RtfTarget? TargetOf(string word, bool isOptional) => word switch
    {
        "fonttbl" => RtfTarget.Fonts,
        "stylesheet" => RtfTarget.Styles,
        "info" => RtfTarget.Info,
        "listtext" or "pntext" => RtfTarget.Label,
        "fldinst" => RtfTarget.Instruction,
        "shptxt" or "upr" or "ud" => RtfTarget.Text,
        "colortbl" or "pict" or "objdata" or "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl"
            or "footerr" or "footerf" or "ftnsep" or "ftnsepc" or "ftncn" or "xe" or "tc" or "bkmkstart" or "bkmkend"
            or "listtable" or "listoverridetable" or "revtbl" or "rsidtbl" or "generator" or "nonshppict" or "sp"
            or "creatim" or "revtim" or "printim" or "annotation" or "atnid" or "atnauthor" => RtfTarget.Nowhere,
        _ => isOptional && word is not ("shpinst" or "do" or "fldrslt") ? RtfTarget.Nowhere : null,
    };

    /// <summary>Finds the text that a control word stands for.</summary>
    public static string? TextOf(string word) => word switch
    {
        "tab" => "\t",
        "line" => "\n",
        "emdash" => "—",
        "endash" => "–",
        "bullet" => "•",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "emspace" or "enspace" or "qmspace" => " ",
        _ => null,
    };
}
