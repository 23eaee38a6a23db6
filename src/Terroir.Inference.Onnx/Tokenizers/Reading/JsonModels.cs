using System.Text.Json;
using Terroir.Inference.Onnx.Tokenizers.Models;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads the <c>model</c> of <c>tokenizer.json</c>.</summary>
internal static class JsonModels
{
    /// <summary>Makes the model.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="added">The tokens that are found before, which belong to the vocabulary too.</param>
    /// <exception cref="VocabularyFault">The model is not known, or it contradicts itself.</exception>
    public static (ITokenModel Model, Vocabulary Vocabulary) Read(JsonElement model, IReadOnlyList<AddedToken> added) =>
        (model.FindText("type") ?? GuessType(model)) switch
        {
            "BPE" => ReadBytePair(model, added),
            "WordPiece" => ReadWordPiece(model, added),
            "Unigram" => ReadUnigram(model, added),
            var type => throw VocabularyFault.Unsupported($"model {type}"),
        };

    // Old files name no type.
    private static string GuessType(JsonElement model) => model switch
    {
        _ when model.Find("merges") is not null => "BPE",
        _ when model.Find("max_input_chars_per_word") is not null => "WordPiece",
        _ when model.Find("vocab") is { ValueKind: JsonValueKind.Array } => "Unigram",
        _ => throw VocabularyFault.Malformed("model"),
    };

    private static (ITokenModel Model, Vocabulary Vocabulary) ReadBytePair(
        JsonElement model,
        IReadOnlyList<AddedToken> added)
    {
        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.FindText(name) is { Length: > 0 })
            {
                throw VocabularyFault.Unsupported(name);
            }
        }

        var vocabulary = new Vocabulary(Spell(ReadIds(model), added));
        var unknownId = FindUnknown(model, vocabulary);
        var plain = Hide(vocabulary, added);
        var (merges, foreign) = MergeTable.FromPairs(plain, ReadMerges(model));
        return merges is null
            ? throw VocabularyFault.Inconsistent($"merge {foreign}")
            : (new BytePairModel(
                plain,
                merges,
                new UnknownText(
                    plain,
                    unknownId,
                    model.Flag("byte_fallback", false),
                    model.Flag("fuse_unk", false)),
                model.Flag("ignore_merges", false)), vocabulary);
    }

    private static (ITokenModel Model, Vocabulary Vocabulary) ReadWordPiece(
        JsonElement model,
        IReadOnlyList<AddedToken> added)
    {
        var vocabulary = new Vocabulary(Spell(ReadIds(model), added));
        return (new WordPieceModel(
            Hide(vocabulary, added),
            FindUnknown(model, vocabulary) ?? throw VocabularyFault.Inconsistent("unk_token"),
            beginningPrefix: "",
            model.FindText("continuing_subword_prefix") ?? "##",
            model.Number("max_input_chars_per_word") ?? 100), vocabulary);
    }

    private static (ITokenModel Model, Vocabulary Vocabulary) ReadUnigram(
        JsonElement model,
        IReadOnlyList<AddedToken> added)
    {
        var ids = new Dictionary<int, string>();
        var scores = new List<double>();
        foreach (var entry in model.List("vocab"))
        {
            if (entry is not { ValueKind: JsonValueKind.Array } || entry.GetArrayLength() != 2
                || entry[1].ValueKind != JsonValueKind.Number)
            {
                throw VocabularyFault.Malformed("vocab");
            }

            ids.Add(ids.Count, JsonSettings.AsText(entry[0], "vocab"));
            scores.Add(entry[1].GetDouble());
        }

        var vocabulary = new Vocabulary(Spell(ids, added));
        scores.AddRange(Enumerable.Repeat(0.0, vocabulary.Count - scores.Count));
        var unknownId = model.Number("unk_id");
        if (unknownId is { } id && (id < 0 || id >= ids.Count))
        {
            throw VocabularyFault.Inconsistent("unk_id");
        }

        var plain = Hide(vocabulary, added);
        return (new UnigramModel(
            plain,
            [.. scores],
            new UnknownText(plain, unknownId, model.Flag("byte_fallback", false), isFused: true),
            token => token < ids.Count && token != unknownId), vocabulary);
    }

    private static Dictionary<int, string> ReadIds(JsonElement model)
    {
        if (model.Find("vocab") is not { ValueKind: JsonValueKind.Object } entries)
        {
            throw VocabularyFault.Malformed("vocab");
        }

        var ids = new Dictionary<int, string>();
        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var id) || id < 0)
            {
                throw VocabularyFault.Malformed($"vocab {entry.Name}");
            }

            if (!ids.TryAdd(id, entry.Name))
            {
                throw VocabularyFault.Inconsistent($"vocab {entry.Name}");
            }
        }

        return ids;
    }

    private static IEnumerable<(string Left, string Right)> ReadMerges(JsonElement model)
    {
        var merges = model.List("merges");
        VocabularyFault.ThrowIfAbove(merges.Count(), TokenizerLimits.MergeCountMax, "merges");
        foreach (var merge in merges)
        {
            if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2)
            {
                yield return (JsonSettings.AsText(merge[0], "merges"), JsonSettings.AsText(merge[1], "merges"));
                continue;
            }

            var pair = JsonSettings.AsText(merge, "merges").Split(' ');
            yield return pair.Length == 2 ? (pair[0], pair[1]) : throw VocabularyFault.Malformed("merges");
        }
    }

    private static string?[] Spell(Dictionary<int, string> ids, IReadOnlyList<AddedToken> added)
    {
        var last = ids.Keys.Concat(added.Select(token => token.Id)).Append(-1).Max();
        VocabularyFault.ThrowIfAbove(last, TokenizerLimits.TokenCountMax - 1, "vocab");
        var spellings = new string?[last + 1];
        foreach (var (id, spelling) in ids)
        {
            VocabularyFault.ThrowIfAbove(spelling.Length, TokenizerLimits.TokenLengthMax, "vocab");
            spellings[id] = spelling;
        }

        foreach (var token in added)
        {
            if (spellings[token.Id] is { } spelling
                && !string.Equals(spelling, token.Content, StringComparison.Ordinal))
            {
                throw VocabularyFault.Inconsistent($"added_tokens {token.Content}");
            }

            spellings[token.Id] = token.Content;
        }

        return spellings;
    }

    private static int? FindUnknown(JsonElement model, Vocabulary vocabulary) =>
        model.FindText("unk_token") is { } token
            ? vocabulary.Find(token) ?? throw VocabularyFault.Inconsistent("unk_token")
            : null;

    // A text that spells a control token has other tokens.
    private static Vocabulary Hide(Vocabulary vocabulary, IReadOnlyList<AddedToken> added) =>
        vocabulary.Without(added.Where(token => token.IsControl).Select(token => token.Id).ToHashSet());
}
