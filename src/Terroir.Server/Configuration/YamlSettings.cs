using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Terroir.Server.Configuration;

/// <summary>Reads terroir.yaml into flat settings.</summary>
internal static class YamlSettings
{
    /// <summary>Reads a file; one that is not there has no settings.</summary>
    public static IReadOnlyList<Setting> Read(string path) =>
        File.Exists(path) ? Parse(File.ReadAllText(path), Path.GetFileName(path)) : [];

    /// <summary>Reads settings from YAML text.</summary>
    public static IReadOnlyList<Setting> Parse(string text, string name)
    {
        var settings = new List<Setting>();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count > 0)
            {
                Flatten(SiteConfiguration.Root, stream.Documents[0].RootNode, name, settings);
            }
        }
        catch (YamlException exception)
        {
            throw new FormatException(
                $"{name}, line {exception.Start.Line}: {exception.Message} Correct it and start again.",
                exception);
        }

        return settings;
    }

    private static void Flatten(string key, YamlNode node, string name, List<Setting> settings)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (child, value) in mapping.Children)
                {
                    Flatten($"{key}:{((YamlScalarNode)child).Value}", value, name, settings);
                }

                break;
            case YamlSequenceNode sequence:
                for (var index = 0; index < sequence.Children.Count; index++)
                {
                    Flatten(
                        string.Create(CultureInfo.InvariantCulture, $"{key}:{index}"),
                        sequence.Children[index],
                        name,
                        settings);
                }

                break;
            case YamlScalarNode { Value: { Length: > 0 } value } when !IsRoot(key):
                settings.Add(new Setting(key, value, $"{name}:{node.Start.Line}"));
                break;
            case YamlScalarNode when !IsRoot(key):
                settings.Add(new Setting(key, Value: null, $"{name}:{node.Start.Line}"));
                break;
            case YamlScalarNode { Value: { Length: > 0 } }:
                throw new FormatException($"{name} holds a text where settings are expected, such as 'storage:'.");
        }
    }

    private static bool IsRoot(string key) => string.Equals(key, SiteConfiguration.Root, StringComparison.Ordinal);
}
