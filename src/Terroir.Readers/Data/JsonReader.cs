using System.Text.Json;
using Terroir.Documents;
using Terroir.Readers.PlainText;

namespace Terroir.Readers.Data;

/// <summary>JSON: members as items, lists of like records as tables.</summary>
internal sealed class JsonReader : FormatReader
{
    public override string Name => "json";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var text = TextDecoder.Decode(content.Span);
        TextBounds.Check(text.Length, limits);
        using var document = JsonDocument.Parse(text, OptionsFor(limits));
        var records = new RecordBlocks(limits, cancellationToken);
        records.Add(JsonRecord.From(document.RootElement), "", 0, SourcePlace.Whole);
        return new ExtractedDocument { MediaType = "application/json", Reader = Name, Blocks = records.Blocks };
    }

    internal static JsonDocumentOptions OptionsFor(ReadLimits limits) => new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = limits.NestingMax,
    };
}

/// <summary>JSON Lines: one record on each line, as a table where all are flat.</summary>
internal sealed class JsonLinesReader : FormatReader
{
    public override string Name => "jsonl";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var text = TextDecoder.Decode(content.Span);
        TextBounds.Check(text.Length, limits);
        var found = new List<(DataRecord Record, SourcePlace Place)>();
        var brokenCount = 0;
        var line = 0;
        foreach (var part in text.Split('\n'))
        {
            cancellationToken.ThrowIfCancellationRequested();
            line++;
            if (part.Trim().Length == 0)
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(part, JsonReader.OptionsFor(limits));
                found.Add((JsonRecord.From(document.RootElement), new SourcePlace { Line = line }));
            }
            catch (JsonException)
            {
                brokenCount++;
            }
        }

        if (found.Count == 0)
        {
            throw new UnreadableException(
                UnreadableReason.Broken,
                RemarkCode.NoJsonLine);
        }

        var records = new RecordBlocks(limits, cancellationToken);
        records.AddAll(found);
        return new ExtractedDocument
        {
            MediaType = "application/jsonl",
            Reader = Name,
            Blocks = records.Blocks,
            Warnings = Counted.Of(RemarkCode.LinesNotJson, brokenCount),
        };
    }
}

/// <summary>Turns JSON into records.</summary>
internal static class JsonRecord
{
    public static DataRecord From(JsonElement element)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return element.ValueKind switch
        {
            JsonValueKind.Object => new DataRecord("", [.. element.EnumerateObject().Select(member =>
                (member.Name, From(member.Value)))], IsList: false),
            JsonValueKind.Array => new DataRecord("", [.. element.EnumerateArray().Select(item =>
                ("", From(item)))], IsList: true),
            JsonValueKind.String => new DataRecord(TextOf(element), [], IsList: false),
            JsonValueKind.Null or JsonValueKind.Undefined => new DataRecord("", [], IsList: false),
            _ => new DataRecord(element.GetRawText(), [], IsList: false),
        };
    }

    // Half of a character, written by its number, is text that no string can hold: it stays as it was written.
    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText().Trim('"');
        }
    }
}
