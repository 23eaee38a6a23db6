using System.Globalization;
using System.Text;

namespace Terroir.Server.Scim;

/// <summary>Takes the words of a filter or a path one after the other.</summary>
internal sealed class FilterScanner
{
    private const int EscapeDigits = 4;

    private readonly string _text;
    private readonly Func<string, ScimFaultException> _fault;
    private int _index;

    /// <summary>Starts at the beginning.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fault">Makes the fault of a text that is wrong.</param>
    /// <exception cref="ScimFaultException">The text is longer than <see cref="ScimLimits.FilterLengthMax"/>.
    /// </exception>
    public FilterScanner(string text, Func<string, ScimFaultException> fault)
    {
        (_text, _fault) = (text, fault);
        if (text.Length > ScimLimits.FilterLengthMax)
        {
            throw fault($"A filter or path has {ScimLimits.FilterLengthMax} characters at most.");
        }
    }

    /// <summary>Whether nothing is left but spaces.</summary>
    public bool IsAtEnd
    {
        get
        {
            SkipSpaces();
            return _index == _text.Length;
        }
    }

    /// <summary>Takes a sign, if it comes next.</summary>
    public bool TryTake(char sign)
    {
        SkipSpaces();
        if (_index < _text.Length && _text[_index] == sign)
        {
            _index++;
            return true;
        }

        return false;
    }

    /// <summary>Takes a sign.</summary>
    public void Take(char sign)
    {
        if (!TryTake(sign))
        {
            throw Fault($"expected '{sign}'");
        }
    }

    /// <summary>Takes a word, if it comes next; letters of either case are the same.</summary>
    public bool TryTakeWord(string word)
    {
        SkipSpaces();
        var end = EndOfName();
        if (!_text.AsSpan(_index, end - _index).Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _index = end;
        return true;
    }

    /// <summary>Takes the name of an attribute, an operator or a word.</summary>
    public string TakeName()
    {
        SkipSpaces();
        var (start, end) = (_index, EndOfName());
        if (end == start)
        {
            throw Fault("expected a name");
        }

        _index = end;
        return _text[start..end];
    }

    /// <summary>Takes a value: a text in quotes, a number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public object? TakeValue()
    {
        if (TryTake('"'))
        {
            return TakeText();
        }

        SkipSpaces();
        var start = _index;
        while (_index < _text.Length && IsOf(_text[_index], "-+."))
        {
            _index++;
        }

        var word = _text[start.._index];
        return word.ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) => number,
            _ => throw Fault("expected a value: a text in double quotes, a number, true, false or null"),
        };
    }

    /// <summary>Makes a fault that says where it is.</summary>
    public ScimFaultException Fault(string problem) => _fault(
        string.Create(CultureInfo.InvariantCulture, $"Character {_index + 1}: {problem}."));

    private string TakeText()
    {
        var text = new StringBuilder();
        while (_index < _text.Length && _text[_index] is not '"')
        {
            text.Append(_text[_index] is '\\' ? TakeEscaped() : _text[_index]);
            _index++;
        }

        Take('"');
        return IsUnicode(text.ToString()) ? text.ToString() : throw Fault("a text is no Unicode");
    }

    private static bool IsUnicode(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && !Rune.TryGetRuneAt(text, index++, out _))
            {
                return false;
            }
        }

        return true;
    }

    // Leaves the last character of the escape to be passed, as with any other.
    private char TakeEscaped()
    {
        _index++;
        switch (_index < _text.Length ? _text[_index] : '\0')
        {
            case var same and ('"' or '\\' or '/'):
                return same;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _index + EscapeDigits < _text.Length
                && ushort.TryParse(
                    _text.AsSpan(_index + 1, EscapeDigits),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var unit):
                _index += EscapeDigits;
                return (char)unit;
            default:
                throw Fault("no such escape");
        }
    }

    private int EndOfName()
    {
        var end = _index;
        while (end < _text.Length && IsOf(_text[end], "-_.:$"))
        {
            end++;
        }

        return end;
    }

    private static bool IsOf(char letter, string signs) =>
        char.IsAsciiLetterOrDigit(letter) || signs.Contains(letter, StringComparison.Ordinal);

    private void SkipSpaces()
    {
        while (_index < _text.Length && _text[_index] is ' ')
        {
            _index++;
        }
    }
}
