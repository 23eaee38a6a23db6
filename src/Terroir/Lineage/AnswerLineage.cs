using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Storage;
using static Terroir.Lineage.LineageRecords;

namespace Terroir.Lineage;

/// <summary>The tree of an answer: what it cites and where that came from, who and what made it, why it was allowed,
/// and what proves it.</summary>
internal sealed class AnswerLineage(
    LineageRecords records,
    CitationIndex index,
    AnswerRecords answers,
    ILedger ledger)
{
    private const string Extractive = "extractive";

    public async Task<LineageNode?> ReadAsync(
        ContentHash receipt,
        Asker? asker,
        CancellationToken cancellationToken)
    {
        if (await records.FindReceiptAsync(receipt, cancellationToken) is not { } logged
            || (asker is not null
                && !string.Equals(logged.Row.Actor, Principal.User(asker.User), StringComparison.Ordinal)))
        {
            return null;
        }

        var root = new LineageNode(LineageKind.Answer, receipt.Hex, LineageRelation.Subject);
        var entry = await DescribeEntryAsync(logged, cancellationToken);
        if (await answers.ReadAsync(receipt, cancellationToken) is not { } answer)
        {
            // Of what was erased, that it happened stays.
            return asker is not null
                ? null
                : root with { Facts = Facts(("state", "erased")), Children = [entry] };
        }

        await index.RefreshAsync(cancellationToken);
        var stated = answer.Receipt;
        return root with
        {
            Facts = Facts(
                ("answeredAt", stated.AnsweredAt),
                ("shown", Write(stated.Shown.Count)),
                ("shownRoot", stated.Shown.Root.Hex),
                ("verdicts", string.Join(", ", stated.Sentences
                    .CountBy(sentence => sentence.Verdict, StringComparer.Ordinal)
                    .OrderBy(verdict => verdict.Key, StringComparer.Ordinal)
                    .Select(verdict => $"{Write(verdict.Value)} {verdict.Key}"))),
                ("energy", stated.Energy.Evidence)),
            Children =
            [
                .. await DescribePassagesAsync(answer, asker, cancellationToken),
                .. DescribeGenerations(stated),
                DescribeModel(stated),
                DescribeDecision(stated.Decision),
                new LineageNode(LineageKind.Person, stated.Actor.Hex, LineageRelation.Maker)
                {
                    Facts = Facts(("asker", answer.Asker)),
                },
                .. stated.Previous is { } previous
                    ? [new LineageNode(LineageKind.Answer, previous.Hex, LineageRelation.Origin)]
                    : Array.Empty<LineageNode>(),
                entry,
            ],
        };
    }

    private static IEnumerable<LineageNode> DescribeGenerations(AnswerReceipt stated)
    {
        if (stated.Corpus is { } corpus)
        {
            yield return Describe(stated.Collection, corpus.Generation, corpus.Manifest);
        }

        foreach (var other in stated.OtherCorpora ?? [])
        {
            yield return Describe(other.Collection, other.Generation, other.Manifest);
        }

        static LineageNode Describe(string collection, long generation, ContentHash manifest) =>
            new(LineageKind.Generation, manifest.Hex, LineageRelation.Origin)
            {
                Facts = Facts(("collection", collection), ("generation", Write(generation))),
            };
    }

    private static LineageNode DescribeModel(AnswerReceipt stated)
    {
        var model = stated.Model;
        return new LineageNode(LineageKind.Model, model?.Id ?? Extractive, LineageRelation.Maker)
        {
            Facts = Facts(
                ("card", model?.Card.Hex),
                ("weights", model?.Weights?.Hex),
                ("tokenizer", model?.Tokenizer?.Hex),
                ("endpoint", model?.Endpoint),
                ("promptTemplate", model?.PromptTemplate.Hex),
                ("software", $"{stated.Software.Name} {stated.Software.Version}"),
                ("softwareDigest", stated.Software.Digest.Hex)),
        };
    }

    private static LineageNode DescribeDecision(ReceiptDecision decision) =>
        new(LineageKind.Decision, decision.Policies.Hex, LineageRelation.Evidence)
        {
            Facts = Facts(("outcome", decision.Outcome), ("reasons", string.Join(", ", decision.Reasons))),
        };

    private async Task<IReadOnlyList<LineageNode>> DescribePassagesAsync(
        AnswerRecord answer,
        Asker? asker,
        CancellationToken cancellationToken)
    {
        var passages = new List<LineageNode>();
        foreach (var (at, citation) in answer.Receipt.Citations.Index())
        {
            passages.Add(new LineageNode(
                LineageKind.Passage,
                $"{answer.Id.Hex}/{Write(at + 1)}",
                LineageRelation.Origin)
            {
                Facts = Facts(
                    ("start", Write(citation.Start)),
                    ("length", Write(citation.Length)),
                    ("rank", Write(citation.Rank)),
                    ("label", citation.Label),
                    ("permissionEpoch", Write(citation.PermissionEpoch))),
                Children = answer.VersionOf(at) is { } version
                    ? [await DescribeVersionAsync(version, asker, cancellationToken)]
                    : [],
            });
        }

        return passages;
    }

    private async Task<LineageNode> DescribeVersionAsync(
        ContentHash version,
        Asker? asker,
        CancellationToken cancellationToken)
    {
        var had = index.Of(version).Select(entry => entry.Document).Where(document => document != default)
            .Distinct().ToList();
        if (had.Count == 0)
        {
            had.AddRange(await records.FindLiveAsync(version, cancellationToken));
        }

        var documents = new List<LineageNode>();
        var isLive = false;
        foreach (var document in had.Order())
        {
            var live = await records.FindLiveAsync(document, cancellationToken);
            var isReadable = asker is null || (live is { } found && asker.MayRead(found.Row.Document.Access));
            if (isReadable && live is { } row)
            {
                isLive |= row.Row.Document.Version == version;
                documents.Add(await DescribeDocumentAsync(row, asker, cancellationToken));
            }
            else if (asker is null)
            {
                documents.Add(new LineageNode(LineageKind.Document, document.Value, LineageRelation.Origin)
                {
                    Facts = Facts(("state", "removed")),
                });
            }
        }

        // For an asker, what is gone and what they may not read any more look the same.
        return new LineageNode(LineageKind.Version, version.Hex, LineageRelation.Origin)
        {
            Facts = Facts(("state", isLive ? "live" : asker is null ? "former" : "unavailable")),
            Children = documents,
        };
    }

    private async Task<LineageNode> DescribeDocumentAsync(
        (CollectionHead Head, DocumentRow Row) live,
        Asker? asker,
        CancellationToken cancellationToken) =>
        new(LineageKind.Document, live.Row.Document.Id.Value, LineageRelation.Origin)
        {
            Facts = Facts(("collection", live.Head.Collection.Value), ("path", live.Row.Document.Path)),
            Children =
            [
                await records.DescribeSourceAsync(live.Row.Document.Source, asker is null, cancellationToken),
            ],
        };

    // One that no checkpoint counts yet has none; it is signed within a second.
    private async Task<LineageNode> DescribeEntryAsync(PlacedLedgerRow logged, CancellationToken cancellationToken)
    {
        var entry = new LineageNode(LineageKind.Entry, Write(logged.Index), LineageRelation.Evidence)
        {
            Facts = Facts(("loggedAt", Write(logged.Row.Time))),
        };
        if (await ledger.ProveAsync(logged.Index, cancellationToken) is not { } proof)
        {
            return entry;
        }

        var checkpoint = Checkpoint.Parse(proof.Checkpoint.Text);
        return entry with
        {
            Children =
            [
                new LineageNode(LineageKind.Checkpoint, Write(checkpoint.Size), LineageRelation.Evidence)
                {
                    Facts = Facts(
                        ("origin", checkpoint.Origin),
                        ("root", checkpoint.Root.ToString()),
                        ("signatures", Write(proof.Checkpoint.Signatures.Count))),
                },
            ],
        };
    }
}
