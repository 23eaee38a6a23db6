using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Terroir.Cli.Output;

/// <summary>Standard output for results and standard error for progress, as Spectre.Console draws them.</summary>
internal static class Terminal
{
    // A pipe has no edge: a result that a program reads must not be broken into lines of a screen.
    private const int PipeWidth = 100_000;

    private const char Replacement = '\uFFFD';

    /// <summary>Where results go.</summary>
    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>Where progress goes, so that standard output holds results only.</summary>
    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>A text that nothing in it can format.</summary>
    public static Text Plain(string value, Style? style = null) => new(Clean(value), style);

    /// <summary>Prints a part of a result on lines of its own.</summary>
    public static void Print(IRenderable part)
    {
        if (!Console.IsOutputRedirected)
        {
            Out.Write(part);
            if (part is Text or Paragraph)
            {
                Out.WriteLine();
            }

            return;
        }

        // Cells are filled up with spaces to the width of their column; a program that reads has no use of them.
        using var drawn = new StringWriter();
        Create(drawn, isRedirected: true).Write(part);
        foreach (var line in drawn.ToString().TrimEnd('\n').Split('\n'))
        {
            Console.Out.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>Moves a part to the right, also where its lines are broken.</summary>
    public static Padder Indent(IRenderable part, int columns) => new(part, new Padding(columns, 0, 0, 0));

    /// <summary>Counts things in words, such as <c>1 object</c> or <c>2 objects</c>.</summary>
    public static string Count(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>A table with a head.</summary>
    public static Table CreateTable(string title, params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(title)) };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Plain(column, new Style(decoration: Decoration.Bold))));
        }

        return table;
    }

    /// <summary>Adds a row of plain texts.</summary>
    public static Table AddPlainRow(this Table table, params ReadOnlySpan<string> cells)
    {
        var row = new List<Text>(cells.Length);
        foreach (var cell in cells)
        {
            row.Add(Plain(cell));
        }

        table.AddRow(row);
        return table;
    }

    /// <summary>Writes a piece of a text that goes on, at once.</summary>
    public static void Write(string piece)
    {
        Console.Out.Write(Clean(piece));
        Console.Out.Flush();
    }

    /// <summary>Takes control characters out: a document or a file name could otherwise steer the terminal.</summary>
    public static string Clean(string value) =>
        value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? value
            : string.Create(value.Length, value, static (target, source) =>
            {
                for (var index = 0; index < source.Length; index++)
                {
                    var letter = source[index];
                    target[index] = char.IsControl(letter) && letter is not '\n' and not '\t' ? Replacement : letter;
                }
            });

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
