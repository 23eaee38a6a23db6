using System.Globalization;
using System.Text;

namespace Terroir.Readers.Office;

/// <summary>Shows a number as a spreadsheet does, in the culture of the document. Thousands are not set apart, so that
/// an amount is found as it is typed.</summary>
internal sealed class NumberFormat
{
    private const double DateMax = 2_958_466;

    private readonly string _prefix;
    private readonly string _suffix;
    private readonly int _digitsMin;
    private readonly int _digitsMax;
    private readonly bool _isGeneral;
    private readonly bool _hasTime;
    private readonly bool _hasDay;
    private readonly bool _isElapsed;
    private readonly bool _isPercent;

    private NumberFormat(string code)
    {
        (var body, _prefix, _suffix, _isElapsed) = Split(FirstSection(code));
        var lower = body.ToLowerInvariant();
        var isNumber = body.IndexOfAny(['0', '#', '?']) >= 0;
        _isGeneral = lower.Contains("general", StringComparison.Ordinal) || body.Trim() is "" or "@";
        _hasTime = !_isGeneral && lower.IndexOfAny(['h', 's']) >= 0;
        _hasDay = !_isGeneral && !isNumber
            && (lower.IndexOfAny(['y', 'd', 'j']) >= 0 || (!_hasTime && lower.Contains('m', StringComparison.Ordinal)));
        _isPercent = body.Contains('%', StringComparison.Ordinal);
        var point = body.IndexOf('.', StringComparison.Ordinal);
        _digitsMin = point < 0 ? 0 : body[point..].Count(c => c is '0');
        _digitsMax = point < 0 ? 0 : body[point..].Count(c => c is '0' or '#' or '?');
    }

    /// <summary>Whether numbers of this format are days or times.</summary>
    public bool IsDate => _hasDay || _hasTime || _isElapsed;

    public static NumberFormat Parse(string code) => new(code);

    /// <summary>Finds the code of a format that spreadsheets know by number.</summary>
    public static string BuiltIn(int id) => id switch
    {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        >= 14 and <= 17 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) => "yyyy-mm-dd",
        18 or 19 or 20 or 21 or (>= 32 and <= 35) or 45 or 47 => "hh:mm:ss",
        22 => "yyyy-mm-dd hh:mm",
        37 or 38 => "#,##0",
        39 or 40 => "#,##0.00",
        46 => "[h]:mm:ss",
        _ => "General",
    };

    /// <summary>Shows a number.</summary>
    /// <param name="number">The stored number.</param>
    /// <param name="is1904">Whether the workbook counts its days from 1904.</param>
    /// <param name="culture">The document's culture.</param>
    public string Show(double number, bool is1904, CultureInfo culture)
    {
        if (IsDate && number is >= 0 and < DateMax && double.IsFinite(number))
        {
            return ShowDate(number, is1904, culture);
        }

        if (_isGeneral || IsDate)
        {
            var shown = number.ToString("0.##########", culture);
            return Math.Abs(number) >= 1e15 || (number != 0 && Math.Abs(number) < 1e-9)
                ? number.ToString("G10", culture)
                : shown;
        }

        var digits = $"0.{new string('0', Math.Min(_digitsMin, 15))}{new string('#',
            Math.Clamp(_digitsMax - _digitsMin, 0, 15))}";
        var text = (_isPercent ? number * 100 : number).ToString(digits, culture);
        var space = culture.Equals(CultureInfo.InvariantCulture) ? "" : " ";
        text = _isPercent ? $"{text}{space}%" : text;
        return $"{_prefix}{text}{(_suffix.Length == 0 ? "" : " " + _suffix)}";
    }

    private string ShowDate(double number, bool is1904, CultureInfo culture)
    {
        if (_isElapsed)
        {
            var span = TimeSpan.FromDays(number);
            return $"{((long)span.TotalHours).ToString(culture)}:{span.Minutes:00}:{span.Seconds:00}";
        }

        // Serial 60 is a day that never was; serials before it are one day off in the base library.
        var serial = is1904 ? number + 1_462 : number < 60 ? number + 1 : number;
        var date = DateTime.FromOADate(serial).AddMilliseconds(500);
        var time = date.Second == 0 ? "HH:mm" : "HH:mm:ss";
        if (!_hasDay || (number < 1 && _hasTime))
        {
            return date.ToString(time, CultureInfo.InvariantCulture);
        }

        var day = culture.Equals(CultureInfo.InvariantCulture) ? "yyyy-MM-dd" : "dd/MM/yyyy";
        return date.ToString(_hasTime ? $"{day} {time}" : day, CultureInfo.InvariantCulture);
    }

    // Parts what is shown as it stands, before and after the number, from what says how to show it.
    private static (string Body, string Prefix, string Suffix, bool IsElapsed) Split(string section)
    {
        var body = new StringBuilder();
        var before = new StringBuilder();
        var after = new StringBuilder();
        var isElapsed = false;
        var hasDigit = false;
        for (var at = 0; at < section.Length; at++)
        {
            var literals = hasDigit ? after : before;
            var c = section[at];
            if (c is '"' or '[')
            {
                var end = section.IndexOf(c is '"' ? '"' : ']', at + 1);
                end = end < 0 ? section.Length : end;
                var inside = section[(at + 1)..end];
                literals.Append(c is '"' ? inside : inside.StartsWith('$') ? inside[1..].Split('-')[0] : "");
                isElapsed |= c is '[' && inside is "h" or "hh" or "m" or "mm" or "s" or "ss";
                at = end;
            }
            else if (c is '\\' or '_' or '*')
            {
                at++;
                literals.Append(c is '\\' && at < section.Length ? section[at] : ' ');
            }
            else if (c is '€' or '$' or '£' or '¥')
            {
                literals.Append(c);
            }
            else
            {
                body.Append(c);
                hasDigit |= c is '0' or '#' or '?';
            }
        }

        return (body.ToString(), before.ToString().Trim(), after.ToString().Trim(), isElapsed);
    }

    private static string FirstSection(string code)
    {
        var isQuoted = false;
        for (var at = 0; at < code.Length; at++)
        {
            isQuoted ^= code[at] is '"';
            if (code[at] is ';' && !isQuoted)
            {
                return code[..at];
            }
        }

        return code;
    }
}
