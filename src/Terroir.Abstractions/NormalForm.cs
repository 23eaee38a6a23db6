using System.Text;

namespace Terroir;

/// <summary>Unicode normalization forms (UAX #15) of any string.</summary>
/// <remarks><c>string.Normalize</c> refuses strings that a file or a caller can hold: with
/// half of a surrogate pair, or with the noncharacter U+FFFE. Nothing composes with either, so both stay as they are
/// and what stands between them is normalised.</remarks>
public static class NormalForm
{
    private const char Noncharacter = '\uFFFE';

    /// <summary>Returns the normal form of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="form">The form; NFC unless said.</param>
    public static string Of(string text, NormalizationForm form = NormalizationForm.FormC)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IndexOfRefused(text, 0) < 0)
        {
            return Normalize(text, form);
        }

        var normal = new StringBuilder(text.Length);
        var start = 0;
        for (var at = IndexOfRefused(text, 0); at >= 0; at = IndexOfRefused(text, start))
        {
            normal.Append(Normalize(text[start..at], form)).Append(text[at]);
            start = at + 1;
        }

        return normal.Append(Normalize(text[start..], form)).ToString();
    }

    private static int IndexOfRefused(string text, int start)
    {
        for (var at = start; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]) || text[at] == Noncharacter)
            {
                return at;
            }
        }

        return -1;
    }

#pragma warning disable RS0030 // What it refuses was cut out.
    private static string Normalize(string text, NormalizationForm form) => text.Normalize(form);
#pragma warning restore RS0030
}
