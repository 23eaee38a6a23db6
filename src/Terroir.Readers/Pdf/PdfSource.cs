using UglyToad.PdfPig;

namespace Terroir.Readers.Pdf;

/// <summary>What a document holds beside its pages and helps to read them.</summary>
/// <param name="Fonts">The letters of fonts that do not tell.</param>
/// <param name="Tags">The structure tree, if there is one.</param>
/// <param name="Forms">The values of form fields.</param>
internal sealed record PdfSource(PdfFonts Fonts, PdfTags? Tags, PdfForms Forms)
{
    public static PdfSource Of(PdfDocument document) =>
        new(new PdfFonts(document), PdfTags.Of(document), PdfForms.Of(document));
}
