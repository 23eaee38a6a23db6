using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Cli.Output;
using Terroir.Ingestion;
using Terroir.Sources;

namespace Terroir.Cli.Commands.Sources;

/// <summary>Explains the kinds of sources.</summary>
internal static class SourceKindsCommand
{
    public static Command Create() => CommandLine.Create(
        "kinds",
        "Lists the kinds of sources, and what can be set for each.",
        "terroir source kinds",
        async (parsed, _) =>
        {
            await using var site = CommandLine.Open(parsed);
            var connectors = new SourceBook(site).Connectors;
            CommandLine.Print(
                parsed,
                new
                {
                    kinds = connectors.Select(connector => new
                    {
                        kind = connector.Kind,
                        permissions = SourceDeclaration.ModesOf(connector),
                        settings = SourceDeclaration.SettingsOf(connector),
                        example = ExampleOf(connector),
                    }),
                },
                connectors.SelectMany(Draw));
            return ExitCode.Done;
        });

    private static IEnumerable<IRenderable> Draw(IConnector connector)
    {
        yield return Terminal.Plain(
            $"{connector.Kind}: permissions from {string.Join(", ", SourceDeclaration.ModesOf(connector))}",
            new Style(decoration: Decoration.Bold));
        foreach (var setting in SourceDeclaration.SettingsOf(connector))
        {
            var kind = setting.IsRequired ? " (required)" : setting.Default is { } value ? $" (default {value})" : "";
            yield return Terminal.Indent(
                Terminal.Plain($"{setting.Name}{kind}: {setting.Meaning} Such as {setting.Example}"),
                columns: 2);
        }

        yield return Terminal.Indent(Terminal.Plain($"$ {ExampleOf(connector)}"), columns: 2);
        yield return Terminal.Plain("");
    }

    private static string ExampleOf(IConnector connector)
    {
        if (connector.Kind is "folder")
        {
            return "terroir source add rh /srv/rh --permissions posix";
        }

        var settings = SourceDeclaration.SettingsOf(connector).Where(setting => setting.IsRequired)
            .Select(setting => $" --set {ShellWord.Quote($"{setting.Name}={setting.Example}")}");
        return $"terroir source add NAME --kind {connector.Kind}{string.Concat(settings)}";
    }
}
