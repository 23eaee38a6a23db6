using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Terroir.Provenance.Receipts;

namespace Terroir.Audit;

/// <summary>The keys under which people have pseudonyms: one for each person, made when it is first needed.</summary>
/// <remarks>A key is an object of its own, <c>a/SITE/person/HASH</c>. Deleting it makes every pseudonym of the person
/// nobody's; what was signed stays valid.</remarks>
internal sealed class PersonKeys(ConfidentialObjects objects)
{
    /// <summary>How many keys are remembered.</summary>
    private const int RememberedMax = 10_000;

    private const int KeyLength = 32;

    private readonly ConcurrentDictionary<string, ContentHash> _pseudonyms = new(StringComparer.Ordinal);

    /// <summary>Names a person.</summary>
    /// <param name="principal">The id of the person, such as <c>user:anne</c>.</param>
    /// <param name="cancellationToken">Stops the reading of the key.</param>
    public async ValueTask<ContentHash> NameAsync(string principal, CancellationToken cancellationToken)
    {
        if (_pseudonyms.TryGetValue(principal, out var known))
        {
            return known;
        }

        var digest = ContentHash.Of(Encoding.UTF8.GetBytes(principal));
        var name = $"person/{digest.Hex}";
        var secret = await objects.TryReadAsync(name, cancellationToken);
        if (secret is null)
        {
            // Read again: another process may have been first, and its key is the person's.
            await objects.PutIfAbsentAsync(
                name,
                principal,
                RandomNumberGenerator.GetBytes(KeyLength),
                cancellationToken);
            secret = await objects.TryReadAsync(name, cancellationToken) ?? throw new BlobMissingException(name);
        }

        var pseudonym = Commitment.Pseudonym(secret.Value.Span, principal);
        if (_pseudonyms.Count >= RememberedMax)
        {
            _pseudonyms.Clear();
        }

        _pseudonyms[principal] = pseudonym;
        return pseudonym;
    }
}
