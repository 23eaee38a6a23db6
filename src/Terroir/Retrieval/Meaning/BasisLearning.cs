using System.Text;
using Terroir.Catalog;
using Terroir.Retrieval.Segments;
using Terroir.Retrieval.Text;

namespace Terroir.Retrieval.Meaning;

/// <summary>Collects the terms of the chosen documents, segment by segment, and learns from them.</summary>
internal sealed class BasisLearning(LearningChoice choice) : ICollectionLearning
{
    private readonly Dictionary<DocumentId, List<KeyValuePair<string, int>>> _terms =
        choice.Documents.ToDictionary(document => document.Id, _ => new List<KeyValuePair<string, int>>());

    public bool Wants(DocumentId document) => _terms.ContainsKey(document);

    public void Add(SegmentInput segment, CancellationToken cancellationToken)
    {
        var reader = new SegmentReader(segment.Content);
        var documents = reader.Documents
            .Select(entry => segment.Live.Contains(entry.Id) ? _terms.GetValueOrDefault(entry.Id) : null)
            .ToArray();
        Span<int> room = stackalloc int[DocumentCounts.RoomCount];
        for (var term = 0; term < reader.TermCount; term++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TextAnalysis.IsWord(reader.Name(term)))
            {
                continue;
            }

            var name = "";
            var counts = new DocumentCounts(reader, term, room);
            while (counts.MoveNext())
            {
                if (documents[counts.Document] is { } terms)
                {
                    name = name.Length > 0 ? name : Encoding.UTF8.GetString(reader.Name(term));
                    terms.Add(new KeyValuePair<string, int>(name, counts.Count));
                }
            }
        }
    }

    public BuiltSegment? Finish(CancellationToken cancellationToken)
    {
        if (choice.Documents.Count == 0)
        {
            return null;
        }

        var basis = LatentLearning.Learn(
            [.. choice.Documents.Select(document => _terms[document.Id])],
            cancellationToken);
        var file = new BasisFile(
            basis,
            choice.CommonCount,
            [.. choice.Documents.Select(LearnedDocument.Of)]);
        return new BuiltSegment(file.ToArray(), DocumentCount: 0, PassageCount: 0);
    }
}
