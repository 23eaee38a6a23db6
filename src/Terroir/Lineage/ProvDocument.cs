using System.Text.Json;

namespace Terroir.Lineage;

/// <summary>Writes a lineage as W3C PROV-O in JSON-LD 1.1, for tools of others.</summary>
/// <remarks>It has ids, commitments, times and figures. Persons are pseudonyms, and no path or address is in it, so it
/// may be given to whoever may see those ids. The terms are those of https://www.w3.org/TR/prov-o/; what PROV has no
/// term for is under <see cref="Terms"/>.</remarks>
public static class ProvDocument
{
    /// <summary>The namespace of the terms that are ours.</summary>
    public const string Terms = "https://terroir.example/ns/lineage#";

    private const string DateTime = "http://www.w3.org/2001/XMLSchema#dateTime";

    // Names of persons and places of files stay with the site.
    private static readonly HashSet<string> KeptBack = new(StringComparer.Ordinal) { "asker", "location", "path" };

    private static readonly Dictionary<string, string> Times = new(StringComparer.Ordinal)
    {
        ["ingestedAt"] = "prov:generatedAtTime",
        ["publishedAt"] = "prov:generatedAtTime",
        ["answeredAt"] = "prov:generatedAtTime",
        ["loggedAt"] = "prov:generatedAtTime",
        ["removedAt"] = "prov:invalidatedAtTime",
    };

    /// <summary>Writes a tree.</summary>
    /// <param name="site">The site's id, which is part of every name.</param>
    /// <param name="root">The tree.</param>
    /// <returns>JSON-LD in UTF-8; the same tree gives the same bytes.</returns>
    public static byte[] Write(string site, LineageNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var resources = new SortedDictionary<string, ProvResource>(StringComparer.Ordinal);
        Add(resources, site, root);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("@context");
            writer.WriteString("prov", "http://www.w3.org/ns/prov#");
            writer.WriteString("terroir", Terms);
            writer.WriteEndObject();
            writer.WriteStartArray("@graph");
            foreach (var (id, resource) in resources)
            {
                Write(writer, id, resource);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string NameOf(string site, string kind, string id) =>
        $"https://terroir.example/site/{site}/{kind}/"
        + Uri.EscapeDataString(id).Replace("%2F", "/", StringComparison.Ordinal);

    private static string NameOf(string site, LineageNode node) =>
        NameOf(site, node.Kind.ToString().ToLowerInvariant(), node.Id);

    private static void Add(SortedDictionary<string, ProvResource> resources, string site, LineageNode node)
    {
        var resource = Get(resources, NameOf(site, node));
        foreach (var type in ProvTerms.TypesOf(node.Kind))
        {
            resource.Types.Add(type);
        }

        foreach (var fact in node.Facts.Where(fact => !KeptBack.Contains(fact.Name)))
        {
            resource.Values[Times.GetValueOrDefault(fact.Name, $"terroir:{fact.Name}")] =
                (fact.Value, Times.ContainsKey(fact.Name));
        }

        foreach (var child in node.Children)
        {
            Add(resources, site, child);
            Relate(resources, site, node, child);
        }
    }

    private static void Relate(
        SortedDictionary<string, ProvResource> resources,
        string site,
        LineageNode upper,
        LineageNode lower)
    {
        var (upperName, lowerName) = (NameOf(site, upper), NameOf(site, lower));
        if (ProvTerms.OfActivity(upper.Kind, lower) is { } used)
        {
            // An answer came from an activity, which used what is cited and was somebody's.
            var activity = NameOf(site, "answering", upper.Id);
            var answering = Get(resources, activity);
            answering.Types.Add("prov:Activity");
            answering.Links.Add((used, lowerName));
            resources[upperName].Links.Add(("prov:wasGeneratedBy", activity));
        }

        foreach (var (term, isOfLower) in ProvTerms.Between(upper.Kind, lower))
        {
            var (from, to) = isOfLower ? (lowerName, upperName) : (upperName, lowerName);
            resources[from].Links.Add((term, to));
        }
    }

    private static ProvResource Get(SortedDictionary<string, ProvResource> resources, string name)
    {
        if (!resources.TryGetValue(name, out var resource))
        {
            resources[name] = resource = new ProvResource();
        }

        return resource;
    }

    private static void Write(Utf8JsonWriter writer, string id, ProvResource resource)
    {
        writer.WriteStartObject();
        writer.WriteString("@id", id);
        writer.WriteStartArray("@type");
        foreach (var type in resource.Types)
        {
            writer.WriteStringValue(type);
        }

        writer.WriteEndArray();
        foreach (var (name, (value, isTime)) in resource.Values)
        {
            writer.WritePropertyName(name);
            if (isTime)
            {
                writer.WriteStartObject();
                writer.WriteString("@type", DateTime);
                writer.WriteString("@value", value);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteStringValue(value);
            }
        }

        foreach (var links in resource.Links.GroupBy(link => link.Term, StringComparer.Ordinal))
        {
            writer.WriteStartArray(links.Key);
            foreach (var (_, target) in links)
            {
                writer.WriteStartObject();
                writer.WriteString("@id", target);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
