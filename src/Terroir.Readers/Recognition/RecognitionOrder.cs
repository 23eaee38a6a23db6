namespace Terroir.Readers.Recognition;

/// <summary>What is to be recognised in a file.</summary>
/// <param name="Languages">The languages as Tesseract names them, such as <c>fra</c>.</param>
/// <param name="Pages">The pages, from 1; <see langword="null"/> for all.</param>
internal sealed record RecognitionOrder(IReadOnlyList<string> Languages, IReadOnlyList<int>? Pages)
{
    /// <summary>All pages, in the languages that the product uses unless a site sets others.</summary>
    public static RecognitionOrder Everything { get; } = new(new RecognitionOptions().Languages, Pages: null);
}
