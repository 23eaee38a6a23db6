using System.Globalization;
using System.Text;
using Terroir.Documents;

namespace Terroir.Readers.Office;

/// <summary>One pass over a Rich Text file: groups, control words and text, without recursion.</summary>
internal sealed class RtfReading(ReadLimits limits, CancellationToken cancellationToken)
{
    private readonly Stack<RtfState> _groups = new();
    private readonly RtfBlocks _blocks = new();
    private readonly RtfFonts _fonts = new();
    private readonly Dictionary<string, StringBuilder> _info = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (StringBuilder Name, int Outline)> _styles = [];
    private readonly StringBuilder _instruction = new();
    private readonly List<byte> _bytes = [];
    private RtfState _state = new();
    private int _style;
    private int _left;
    private bool _isOptional;
    private long _length;

    public IReadOnlyList<Block> Blocks => _blocks.Blocks;

    public int HiddenCount { get; private set; }

    public string? Info(string name) =>
        _info.GetValueOrDefault(name)?.ToString().Trim() is { Length: > 0 } value ? value : null;

    public void Read(ReadOnlySpan<byte> content)
    {
        for (var at = 0; at < content.Length;)
        {
            switch (content[at])
            {
                case (byte)'{':
                    Flush();
                    cancellationToken.ThrowIfCancellationRequested();
                    Packages.XmlTree.CheckDepth(_groups.Count, limits);
                    _groups.Push(_state);
                    at++;
                    break;
                case (byte)'}':
                    Flush();
                    EndGroup();
                    at++;
                    break;
                case (byte)'\\':
                    at = ReadControl(content, at + 1);
                    break;
                case (byte)'\r' or (byte)'\n':
                    at++;
                    break;
                default:
                    AddByte(content[at++]);
                    break;
            }
        }

        Flush();
        _blocks.EndParagraph(LevelOf);
        _blocks.EndTable();
    }

    private int ReadControl(ReadOnlySpan<byte> content, int at)
    {
        if (at >= content.Length)
        {
            return at;
        }

        if (!char.IsAsciiLetter((char)content[at]))
        {
            return ReadSymbol(content, at);
        }

        var start = at;
        while (at < content.Length && char.IsAsciiLetter((char)content[at]))
        {
            at++;
        }

        var word = Encoding.ASCII.GetString(content[start..at]);
        var digits = at;
        at += at < content.Length && content[at] is (byte)'-' ? 1 : 0;
        while (at < content.Length && char.IsAsciiDigit((char)content[at]))
        {
            at++;
        }

        int? number = int.TryParse(content[digits..at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var value) ? value : null;
        at += at < content.Length && content[at] is (byte)' ' ? 1 : 0;
        if (word is "bin")
        {
            return (int)Math.Min(content.Length, at + (long)Math.Max(0, number ?? 0));
        }

        Apply(word, number);
        return at;
    }

    private int ReadSymbol(ReadOnlySpan<byte> content, int at)
    {
        var sign = (char)content[at];
        if (sign is '\'')
        {
            if (at + 2 < content.Length && byte.TryParse(content.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out var value))
            {
                AddByte(value);
            }

            return at + 3;
        }

        switch (sign)
        {
            case '*':
                _isOptional = true;
                break;
            case '~':
                Add(" ");
                break;
            case '_':
                Add("-");
                break;
            case '\r' or '\n':
                Apply("par", null);
                break;
            case '\\' or '{' or '}':
                AddByte((byte)sign);
                break;
        }

        return at + 1;
    }

    private void Apply(string word, int? number)
    {
        Flush();
        var isOptional = _isOptional;
        _isOptional = false;
        if (RtfWords.TargetOf(word, isOptional) is { } target)
        {
            _state = _state with { Target = target, Item = word };
            if (target == RtfTarget.Instruction)
            {
                _instruction.Clear();
            }

            return;
        }

        switch (word)
        {
            case "ansicpg":
                _fonts.DefaultPage = number ?? 1252;
                break;
            case "f":
                _state = _state with { Font = number ?? 0 };
                break;
            case "fcharset" when _state.Target == RtfTarget.Fonts:
                _fonts.Set(_state.Font, number ?? 0);
                break;
            case "uc":
                _state = _state with { SkipCount = Math.Clamp(number ?? 1, 0, 8) };
                break;
            case "u":
                AddUnicode(number ?? 0);
                break;
            case "v" or "deleted":
                _state = _state with { IsHidden = number is not 0 };
                break;
            case "plain":
                _state = _state with { IsHidden = false };
                break;
            case "fldrslt":
                _state = _state with { Target = RtfTarget.Text, FieldStart = _blocks.Length };
                break;
            case "footnote":
                _blocks.BeginNote();
                _state = _state with { Item = "footnote" };
                break;
            case "title" or "author" or "subject" when _state.Target == RtfTarget.Info:
                _state = _state with { Item = word };
                break;
            case "s" when _state.Target == RtfTarget.Styles:
                _style = number ?? 0;
                break;
            case "outlinelevel" when _state.Target == RtfTarget.Styles:
                _styles[_style] = (StyleOf(_style).Name, number ?? -1);
                break;
            default:
                ApplyText(word, number);
                break;
        }
    }

    private void ApplyText(string word, int? number)
    {
        if (_state.Target != RtfTarget.Text)
        {
            return;
        }

        if (RtfWords.TextOf(word) is { } text)
        {
            Add(text);
            return;
        }

        _blocks.Apply(word, number, LevelOf);
    }

    private void EndGroup()
    {
        if (_state.Target == RtfTarget.Text && _state.FieldStart >= 0
            && (_groups.TryPeek(out var outer) ? outer.FieldStart : -1) != _state.FieldStart)
        {
            _blocks.MarkLink(_state.FieldStart, _instruction.ToString());
        }

        if (_state.Item is "footnote" && _groups.TryPeek(out var around) && around.Item is not "footnote")
        {
            _blocks.EndNote();
        }

        _state = _groups.TryPop(out var before) ? before : new RtfState();
        _left = 0;
    }

    // A character by its number, and after it as many as stand for it in old readers.
    private void AddUnicode(int number)
    {
        Add(((char)(ushort)number).ToString());
        _left = _state.SkipCount;
    }

    private void AddByte(byte value)
    {
        if (_left > 0)
        {
            _left--;
            return;
        }

        _bytes.Add(value);
    }

    private void Flush()
    {
        if (_bytes.Count > 0)
        {
            var text = _fonts.EncodingOf(_state.Font).GetString([.. _bytes]);
            _bytes.Clear();
            Add(text);
        }
    }

    private void Add(string text)
    {
        if (_bytes.Count > 0)
        {
            Flush();
        }

        TextBounds.Check(_length += text.Length, limits);
        switch (_state.Target)
        {
            case RtfTarget.Text when _state.IsHidden:
                HiddenCount += text.Trim().Length > 0 ? 1 : 0;
                break;
            case RtfTarget.Text:
                _blocks.Add(text);
                break;
            case RtfTarget.Label:
                _blocks.AddLabel(text);
                break;
            case RtfTarget.Instruction:
                _instruction.Append(text);
                break;
            case RtfTarget.Styles:
                _styles[_style] = (StyleOf(_style).Name.Append(text), StyleOf(_style).Outline);
                break;
            case RtfTarget.Info when _state.Item.Length > 0:
                (_info.TryGetValue(_state.Item, out var known) ? known : _info[_state.Item] = new()).Append(text);
                break;
        }
    }

    private (StringBuilder Name, int Outline) StyleOf(int style) =>
        _styles.TryGetValue(style, out var known) ? known : (new StringBuilder(), -1);

    private int LevelOf(RtfParagraph paragraph)
    {
        if (paragraph.Outline >= 0)
        {
            return paragraph.Outline < 9 ? Math.Min(paragraph.Outline + 1, 6) : 0;
        }

        var (builder, outline) = StyleOf(paragraph.Style);
        var name = builder.ToString().Trim().TrimEnd(';').ToLowerInvariant();
        return outline is >= 0 and < 9 ? Math.Min(outline + 1, 6)
            : name is "title" or "titre" ? 1
            : (name.StartsWith("heading ", StringComparison.Ordinal)
                || name.StartsWith("titre ", StringComparison.Ordinal)) && char.IsAsciiDigit(name[^1])
                ? Math.Clamp(name[^1] - '0', 1, 6)
                : 0;
    }
}
