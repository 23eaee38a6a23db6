namespace Terroir.Readers.Pdf;

/// <summary>Text that runs another way than the page: each line of it becomes one word that stands on the page.
/// </summary>
internal static class TurnedLines
{
    /// <summary>Joins the words of one direction.</summary>
    /// <param name="words">The words in the frame of their own direction.</param>
    /// <param name="turn">That direction; 4 is aslant.</param>
    public static IEnumerable<PdfWord> Join(List<PdfWord> words, int turn)
    {
        foreach (var line in PdfLines.From(words, gap: 0.2))
        {
            foreach (var part in line.Parts(gap: 2))
            {
                var box = Turned.Back(part.Box, turn);
                yield return new PdfWord
                {
                    Text = part.Text,
                    Left = box.Left,
                    Right = box.Right,
                    Bottom = box.Bottom,
                    Top = box.Top,
                    Baseline = box.Bottom,
                    Size = part.Size,
                    Font = part.Words[0].Font,
                    IsBold = part.Words[0].IsBold,
                    Order = part.Words[0].Order,
                    Mark = part.Words[0].Mark,
                    IsTurned = true,
                };
            }
        }
    }
}
