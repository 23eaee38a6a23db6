using System.Text;
using Terroir.Retention;

namespace Terroir.Cli.Commands.Retention;

/// <summary>Writes the register for people and for tables.</summary>
internal static class RegisterText
{
    public static string WriteMarkdown(ProcessingRegister register, RegisterWords words)
    {
        var text = new StringBuilder().Append("# ").Append(words.Title).Append(" · ").AppendLine(register.Site);
        foreach (var activity in register.Activities)
        {
            text.AppendLine().Append("## ").Append(words.Activity).Append(": ").AppendLine(activity.Collection.Value);
            text.AppendLine().AppendLine("| | |").AppendLine("|---|---|");
            foreach (var (name, value) in Fields(register, activity, words))
            {
                text.Append("| ").Append(name).Append(" | ").Append(Cell(value)).AppendLine(" |");
            }
        }

        return text.ToString();
    }

    public static string WriteCsv(ProcessingRegister register, RegisterWords words)
    {
        var text = new StringBuilder();
        foreach (var (activity, isFirst) in register.Activities.Select((item, index) => (item, index == 0)))
        {
            var fields = Fields(register, activity, words).ToArray();
            if (isFirst)
            {
                text.AppendJoin(',', fields.Select(field => Quote(field.Name)).Prepend(Quote(words.Activity)))
                    .AppendLine();
            }

            text.AppendJoin(
                ',',
                fields.Select(field => Quote(field.Value)).Prepend(Quote(activity.Collection.Value))).AppendLine();
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Fields(
        ProcessingRegister register,
        ProcessingActivity activity,
        RegisterWords words) =>
    [
        (words.Purpose, words.Unknown),
        (words.Documents, $"{activity.DocumentCount}"),
        (words.Labels, string.Join(", ", activity.Labels)),
        (words.Sources, string.Join(", ", activity.Sources)),
        (words.Readers, string.Join(", ", activity.Readers)),
        (words.Retention, activity.Rules.Count == 0
            ? words.NoRule
            : string.Join("; ", activity.Rules.Select(Describe))),
        (words.Security, register.IsSealed ? words.Sealed : words.NotSealed),
        (words.Transfers, register.ModelEndpoint ?? words.NoTransfer),
    ];

    private static string Describe(RetentionRule rule) =>
        $"{rule.Name}{(rule.Label is null ? "" : $" [{rule.Label}]")}: "
        + $"{Span(rule.KeepAtLeast) ?? "0"} - {Span(rule.KeepAtMost) ?? "?"}";

    private static string? Span(RetentionSpan? span) => span switch
    {
        null => null,
        { Years: > 0 } years => $"{years.Years}y",
        { Months: > 0 } months => $"{months.Months}m",
        { } days => $"{days.Days}d",
    };

    private static string Cell(string value) =>
        value.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    // What a spreadsheet would take for a formula is a text here.
    private static string Quote(string value)
    {
        var safe = value is ['=' or '+' or '-' or '@', ..] ? $"'{value}" : value;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
