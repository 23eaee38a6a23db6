namespace Terroir.Protection.PersonalData.Names;

/// <summary>Names that are looked for, by their first letters.</summary>
internal sealed class NameIndex
{
    /// <summary>How many letters a name has at least.</summary>
    internal const int LengthMin = 3;

    private const double Confidence = 0.8;

    private readonly Dictionary<ulong, List<string>> _names = [];

    /// <summary>Takes names of <see cref="LengthMin"/> letters at least.</summary>
    public NameIndex(IEnumerable<string> names)
    {
        foreach (var name in names.OrderByDescending(name => name.Length))
        {
            if (_names.TryGetValue(Head(name, 0), out var others))
            {
                others.Add(name);
            }
            else
            {
                _names.Add(Head(name, 0), [name]);
            }
        }
    }

    /// <summary>Finds them where they stand as words of their own, the longest first.</summary>
    public void Find(string text, ICollection<RuleMatch> found)
    {
        for (var at = 0; at <= text.Length - LengthMin; at++)
        {
            if (!char.IsLetter(text[at]) || (at > 0 && char.IsLetterOrDigit(text[at - 1]))
                || !_names.TryGetValue(Head(text, at), out var names))
            {
                continue;
            }

            foreach (var name in names)
            {
                var end = at + name.Length;
                if (string.CompareOrdinal(text, at, name, 0, name.Length) == 0
                    && (end >= text.Length || !char.IsLetterOrDigit(text[end])))
                {
                    found.Add(new RuleMatch(PersonalDataKind.Person, at, end, Confidence, "name-again"));
                    at = end - 1;
                    break;
                }
            }
        }
    }

    private static ulong Head(string text, int at) =>
        text[at] | ((ulong)text[at + 1] << 16) | ((ulong)text[at + 2] << 32);
}
