using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Terroir.Lineage.Runs;

/// <summary>Writes runs as events of OpenLineage 2-0-2, a START and a COMPLETE or FAIL for each.</summary>
/// <remarks>The specification is https://openlineage.io/spec/2-0-2/OpenLineage.json. Both events have the time at which
/// the run was logged: the ledger has the end of a run, not its beginning. The same run gives the same bytes.</remarks>
/// <param name="site">The site's id.</param>
/// <param name="software">The version of the program.</param>
public sealed class RunEvents(string site, string software)
{
    /// <summary>The greatest length of an event in bytes.</summary>
    public const int LengthMax = 1 << 18;

    private const string Schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private const string Facets = "https://openlineage.io/spec/facets";
    private const string Own = "https://terroir.example/ns/lineage-facet.json";
    private const int UuidVersion = 8;

    private readonly string _producer = $"https://terroir.example/terroir/{Uri.EscapeDataString(software)}";

    /// <summary>Writes the events of a run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Two events, JSON in UTF-8 on one line each, without the line feed.</returns>
    public IReadOnlyList<byte[]> Write(LineageRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [Write(run, "START"), Write(run, run.Error is null ? "COMPLETE" : "FAIL")];
    }

    /// <summary>Writes one event of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="type">The type of the event: <c>START</c>, <c>COMPLETE</c> or <c>FAIL</c>.</param>
    /// <returns>JSON in UTF-8 on one line, without the line feed.</returns>
    public byte[] Write(LineageRun run, string type)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("eventType", type);
            writer.WriteString("eventTime", LineageRecords.Write(run.Time));
            WriteRun(writer, run, type);
            writer.WriteStartObject("job");
            writer.WriteString("namespace", $"terroir://{site}");
            writer.WriteString("name", run.Job);
            writer.WriteEndObject();
            WriteDatasets(writer, "inputs", run.Inputs);
            WriteDatasets(writer, "outputs", type is "START" ? [] : run.Outputs);
            writer.WriteString("producer", _producer);
            writer.WriteString("schemaURL", Schema);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads the place in the ledger out of an event.</summary>
    /// <param name="line">The event.</param>
    /// <returns>The place; <see langword="null"/> if the bytes are none of these events.</returns>
    public static long? PlaceOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonElement.ParseValue(ref reader).GetProperty("run").GetProperty("facets")
                .GetProperty("terroir_ledger").GetProperty("place").GetInt64();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // RFC 9562, version 8: of what names the run, so that who sends it twice sends one run.
    private Guid IdOf(LineageRun run)
    {
        var name = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{site}\n{run.Place}\n{run.Job}\n{run.Part}");
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(..16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | (UuidVersion << 4));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(
            BinaryPrimitives.ReadInt32BigEndian(bytes),
            BinaryPrimitives.ReadInt16BigEndian(bytes[4..]),
            BinaryPrimitives.ReadInt16BigEndian(bytes[6..]),
            bytes[8..].ToArray());
    }

    private void WriteRun(Utf8JsonWriter writer, LineageRun run, string type)
    {
        writer.WriteStartObject("run");
        writer.WriteString("runId", IdOf(run));
        writer.WriteStartObject("facets");
        WriteFacet(writer, "processing_engine", $"{Facets}/1-1-0/ProcessingEngineRunFacet.json", () =>
        {
            writer.WriteString("version", software);
            writer.WriteString("name", "terroir");
        });
        WriteFacet(writer, "terroir_ledger", Own, () =>
        {
            writer.WriteNumber("place", run.Place);
            foreach (var fact in run.Facts)
            {
                writer.WriteString(fact.Name, fact.Value);
            }
        });
        if (type is "FAIL")
        {
            WriteFacet(writer, "errorMessage", $"{Facets}/1-0-0/ErrorMessageRunFacet.json", () =>
            {
                writer.WriteString("message", run.Error);
                writer.WriteString("programmingLanguage", "C#");
            });
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteDatasets(Utf8JsonWriter writer, string name, IReadOnlyList<RunDataset> datasets)
    {
        writer.WriteStartArray(name);
        foreach (var dataset in datasets)
        {
            writer.WriteStartObject();
            writer.WriteString("namespace", $"terroir://{site}");
            writer.WriteString("name", dataset.Name);
            if (dataset.Version is { } version)
            {
                writer.WriteStartObject("facets");
                WriteFacet(writer, "version", $"{Facets}/1-0-0/DatasetVersionDatasetFacet.json", () =>
                    writer.WriteString("datasetVersion", version));
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteFacet(Utf8JsonWriter writer, string name, string schema, Action write)
    {
        writer.WriteStartObject(name);
        writer.WriteString("_producer", _producer);
        writer.WriteString("_schemaURL", schema);
        write();
        writer.WriteEndObject();
    }
}
