using System.Text;

namespace Terroir.Bench.PersonalData;

/// <summary>Makes labelled letters from templates; the same ones for a seed.</summary>
internal static class SyntheticDocuments
{
    /// <summary>Makes some.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="firstNames">First names to draw from.</param>
    /// <param name="surnames">Surnames to draw from.</param>
    public static IEnumerable<LabelledText> Make(
        string[] templates,
        int count,
        int seed,
        string[] firstNames,
        string[] surnames)
    {
        var random = new Random(seed);
        for (var index = 0; index < count; index++)
        {
            yield return Fill(
                templates[index % templates.Length],
                new SyntheticValues(random, firstNames, surnames),
                random);
        }
    }

    private static LabelledText Fill(string template, SyntheticValues values, Random random)
    {
        var text = new StringBuilder();
        var labels = new List<(string, int, int)>();
        var bytes = 0;
        for (var at = 0; at < template.Length;)
        {
            string part;
            if (template[at] is '{' or '[')
            {
                var end = template.IndexOf(template[at] == '{' ? '}' : ']', at);
                var inner = template[(at + 1)..end];
                var choices = inner.Split('|');
                (var kind, part) = template[at] == '{'
                    ? values.Make(inner)
                    : (null, choices[random.Next(choices.Length)]);
                if (kind is not null)
                {
                    labels.Add((kind, bytes, bytes + Encoding.UTF8.GetByteCount(part)));
                }

                at = end + 1;
            }
            else
            {
                var end = template.AsSpan(at).IndexOfAny('{', '[');
                part = end < 0 ? template[at..] : template.Substring(at, end);
                at += part.Length;
            }

            text.Append(part);
            bytes += Encoding.UTF8.GetByteCount(part);
        }

        return new LabelledText(text.ToString(), labels);
    }
}
