namespace Terroir.Readers.Pdf;

/// <summary>What a tagged file says that words are. Headings are 1 to 6.</summary>
internal enum PdfRole
{
    /// <summary>The file says nothing of them.</summary>
    None = 0,

    /// <summary>A heading of level 1; the five after it have the values 2 to 6.</summary>
    Heading1 = 1,

    /// <summary>The lowest heading.</summary>
    Heading6 = 6,

    /// <summary>Anything that is text and no heading.</summary>
    Text = 10,

    /// <summary>A caption.</summary>
    Caption = 11,

    /// <summary>A running head or foot, or a page number.</summary>
    Pagination = 20,
}
