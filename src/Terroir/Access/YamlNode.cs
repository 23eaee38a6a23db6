namespace Terroir.Access;

/// <summary>A part of a small YAML file that people write, with the line where it starts, from 1.</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>Whether nothing is written where this part could be.</summary>
    public bool IsNothing => this is YamlText { IsNull: true };

    /// <summary>The text that this part is.</summary>
    /// <exception cref="YamlFaultException">It is something else, or nothing.</exception>
    public string AsText(string name) => this is YamlText { IsNull: false } text
        ? text.Value
        : throw new YamlFaultException(Line, $"'{name}' takes one text.");

    /// <summary>The truth that this part states.</summary>
    /// <exception cref="YamlFaultException">It is neither <c>true</c> nor <c>false</c>.</exception>
    public bool AsTruth(string name) => this is YamlText { Value: "true" or "false", IsQuoted: false } text
        ? string.Equals(text.Value, "true", StringComparison.Ordinal)
        : throw new YamlFaultException(Line, $"'{name}' is true or false.");

    /// <summary>The items that this part lists; none if nothing is written.</summary>
    /// <exception cref="YamlFaultException">It is no list.</exception>
    public IReadOnlyList<YamlNode> AsList(string name) => this switch
    {
        YamlList list => list.Items,
        { IsNothing: true } => [],
        _ => throw new YamlFaultException(Line, $"'{name}' takes a list, such as [a, b]."),
    };

    /// <summary>The entries of this part; none if nothing is written.</summary>
    /// <param name="name">What this part is called, for the fault.</param>
    /// <param name="keys">The keys that it may have; empty for any.</param>
    /// <exception cref="YamlFaultException">It has no keys, or one that is unknown.</exception>
    public IReadOnlyList<YamlEntry> AsEntries(string name, params ReadOnlySpan<string> keys)
    {
        if (IsNothing)
        {
            return [];
        }

        if (this is not YamlMap map)
        {
            throw new YamlFaultException(Line, $"{name} takes lines of the form 'key: value'.");
        }

        foreach (var entry in map.Entries)
        {
            if (keys.Length > 0 && !keys.Contains(entry.Key.Value))
            {
                throw new YamlFaultException(
                    entry.Key.Line,
                    $"'{entry.Key.Short}' is no key of {name}; its keys are {string.Join(", ", keys)}.");
            }
        }

        return map.Entries;
    }
}

/// <summary>A text.</summary>
internal sealed record YamlText(int Line, string Value, bool IsQuoted) : YamlNode(Line)
{
    private const int ShortLength = 40;

    /// <summary>Whether it stands for nothing.</summary>
    public bool IsNull => !IsQuoted && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Its beginning without control characters, for a message.</summary>
    public string Short => string.Concat(Value.Where(letter => !char.IsControl(letter)).Take(ShortLength));
}

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

/// <summary>Keys with their values, in the order of the file; no key is there twice.</summary>
internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlNode(Line);

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(YamlText Key, YamlNode Value);

/// <summary>A YAML file cannot be understood; the caller turns it into what its file means.</summary>
internal sealed class YamlFaultException(int line, string problem) : Exception(problem)
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;
}
