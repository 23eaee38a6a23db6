using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terroir.Storage;

namespace Terroir.Protection.Vault;

/// <summary>Keeps what pseudonyms stand for, so that who may can have it back: a case for each redaction, sealed also
/// where the site seals nothing else.</summary>
/// <remarks>
/// <para>A value is sealed under the key of each document that holds it, so that the erasure of these documents is the
/// end of it wherever a copy is; one that no document holds has a key of its own. A case is an object
/// <c>a/SITE/pseudonyms/CASE.REVISION</c>, which a backup copies with the ledger. A case that changes gets a new
/// revision before the old one goes, so that a process may die at any point.</para>
/// <para>Safe to share between threads.</para>
/// </remarks>
/// <param name="objects">Where cases are kept.</param>
/// <param name="site">The site's id.</param>
/// <param name="cipher">What seals.</param>
/// <param name="keys">The keys.</param>
/// <param name="ageMax">How long a case is kept; zero keeps none.</param>
/// <param name="time">The clock.</param>
public sealed class PseudonymVault(
    IObjectStore objects,
    string site,
    IContentCipher cipher,
    IKeyRing keys,
    TimeSpan ageMax,
    TimeProvider time)
{
    /// <summary>How many cases are kept; the oldest give way, at the latest after <see cref="SweepEvery"/> more.
    /// </summary>
    public const int CaseCountMax = 100_000;

    /// <summary>How many values one case has at most.</summary>
    public const int ValueCountMax = 4_096;

    /// <summary>After how many new cases the vault is swept, beside the sweep of each hour.</summary>
    public const int SweepEvery = 1_000;

    // Under which values are sealed that no document holds. A collection of that name would share its key only.
    internal static readonly CollectionId Keys = new("pseudonyms");

    private const int RandomLength = 6;

    private int _newCount;

    private string Root => $"a/{site}/pseudonyms/";

    /// <summary>Keeps the pseudonyms of a redaction.</summary>
    /// <param name="pseudonyms">The pseudonyms, one item for each place of a value.</param>
    /// <param name="cancellationToken">Stops before they are kept.</param>
    /// <returns>The case, durable; <see langword="null"/> if the site keeps none.</returns>
    /// <exception cref="ArgumentException">There are more values than <see cref="ValueCountMax"/>.</exception>
    /// <exception cref="StorageFailedException">They could not be kept.</exception>
    /// <exception cref="KeyUnavailableException">There is no key to seal with.</exception>
    public async Task<string?> KeepAsync(
        IReadOnlyList<VaultedPseudonym> pseudonyms,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pseudonyms);
        if (pseudonyms.Count > ValueCountMax)
        {
            throw new ArgumentException($"A case has {ValueCountMax} values at most.", nameof(pseudonyms));
        }

        if (ageMax == TimeSpan.Zero)
        {
            return null;
        }

        var name = NewCase();
        var file = new VaultFile(VaultFile.Version, [.. pseudonyms.Select(item => Seal(name, item))]);
        await objects.PutIfAbsentAsync(KeyOf(name, revision: 0), file.Write(), cancellationToken);
        if (Interlocked.Increment(ref _newCount) >= SweepEvery)
        {
            Interlocked.Exchange(ref _newCount, 0);
            await SweepAsync(cancellationToken);
        }

        return name;
    }

    /// <summary>Opens a pseudonym. Whoever calls has asked the policies first and logged it.</summary>
    /// <param name="pseudonym">The pseudonym.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What it stands for and where from; <see langword="null"/> if there is none, it is too old, or was
    /// erased.</returns>
    /// <exception cref="KeyUnavailableException">Its key is not to be had.</exception>
    /// <exception cref="BlobCorruptException">It was changed since it was kept.</exception>
    public async Task<VaultedPseudonym?> FindAsync(PseudonymReference pseudonym, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        if (IsTooOld(pseudonym.Case))
        {
            return null;
        }

        var names = await ListAsync(pseudonym.Case, cancellationToken);
        if (names.Count == 0 || await ReadAsync(names[^1], cancellationToken) is not { } file)
        {
            return null;
        }

        foreach (var entry in file.Entries.Where(entry =>
            string.Equals(entry.Name, pseudonym.Name, StringComparison.Ordinal)))
        {
            if (Open(entry) is { } value)
            {
                return new VaultedPseudonym(
                    entry.Name,
                    value,
                    entry.IsOfDocument ? new VaultedSource(entry.Collection, entry.Document) : null);
            }
        }

        return null;
    }

    /// <summary>Deletes cases that are too old, and the oldest above <see cref="CaseCountMax"/>.</summary>
    /// <param name="cancellationToken">Stops between two cases.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var names = await ListAsync("", cancellationToken);
        var count = 0;
        foreach (var (index, name) in names.Index())
        {
            if (!IsTooOld(name) && names.Count - index <= CaseCountMax)
            {
                break;
            }

            await objects.DeleteAsync([BlobKey.ForAudit(site, $"pseudonyms/{name}")], cancellationToken);
            count++;
        }

        return count;
    }

    /// <summary>Erases values of documents, and values that name somebody, for good: also in copies of the vault.
    /// </summary>
    /// <param name="isErased">Whether a document was erased.</param>
    /// <param name="isNamed">Whether a value names the person whom an erasure is about.</param>
    /// <param name="cancellationToken">Stops between two cases; a second run goes on.</param>
    /// <returns>How many values were erased.</returns>
    public async Task<int> EraseAsync(
        Func<VaultedSource, bool> isErased,
        Func<string, bool> isNamed,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isErased);
        ArgumentNullException.ThrowIfNull(isNamed);
        var count = 0;
        foreach (var name in await ListAsync("", cancellationToken))
        {
            if (await ReadAsync(name, cancellationToken) is not { } file)
            {
                continue;
            }

            var gone = file.Entries.Where(IsGone).ToHashSet();
            if (gone.Count > 0)
            {
                await ReplaceAsync(name, file, gone, cancellationToken);
                count += gone.Count;
            }
        }

        return count;

        bool IsGone(VaultFileEntry entry) =>
            (entry.IsOfDocument && isErased(new VaultedSource(entry.Collection, entry.Document)))
            || Open(entry) is not { } value
            || isNamed(value);
    }

    // The keys first: a copy of the old revision opens no more once this ends, and if it ends too soon it runs again.
    private async Task ReplaceAsync(
        string name,
        VaultFile file,
        HashSet<VaultFileEntry> gone,
        CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>[] own =
            [.. gone.Where(entry => !entry.IsOfDocument).Select(entry => LeafOf(entry.Document))];
        if (own.Length > 0)
        {
            keys.Destroy(Keys, own);
        }

        var left = file.Entries.Where(entry => !gone.Contains(entry)).ToArray();
        if (left.Length > 0)
        {
            await objects.PutIfAbsentAsync(
                KeyOf(CaseOf(name), RevisionOf(name) + 1),
                (file with { Entries = left }).Write(),
                cancellationToken);
        }

        await objects.DeleteAsync([BlobKey.ForAudit(site, $"pseudonyms/{name}")], cancellationToken);
    }

    private VaultFileEntry Seal(string name, VaultedPseudonym pseudonym)
    {
        var (collection, document) = pseudonym.Source is { } source
            ? (source.Collection, source.Document)
            : (Keys, DocumentId.For(Keys, $"{name}/{pseudonym.Name}"));
        return new VaultFileEntry(
            pseudonym.Name,
            collection,
            document,
            pseudonym.Source is not null,
            cipher.SealDocument(collection, document, Encoding.UTF8.GetBytes(pseudonym.Value)));
    }

    private string? Open(VaultFileEntry entry)
    {
        try
        {
            return Encoding.UTF8.GetString(cipher.Open(entry.Value, $"pseudonym {entry.Name}").Span);
        }
        catch (KeyUnavailableException exception) when (exception.IsDestroyed)
        {
            return null;
        }
    }

    // In the order of time: a case begins with the second in which it was made.
    private async Task<List<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var after = prefix.Length == 0 ? null : Root + prefix;
        await foreach (var info in objects.ListAsync(Root, after, cancellationToken))
        {
            var name = info.Key.Value[Root.Length..];
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
            {
                break;
            }

            names.Add(name);
        }

        return names;
    }

    private async Task<VaultFile?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var key = BlobKey.ForAudit(site, $"pseudonyms/{name}");
        return await objects.HeadAsync(key, cancellationToken) is { } info
            ? VaultFile.Read((await objects.ReadAsync(key, 0, info.SizeBytes, cancellationToken)).Span)
                ?? throw new BlobCorruptException(key.Value)
            : null;
    }

    private bool IsTooOld(string name) =>
        !long.TryParse(name.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var seconds)
        || DateTimeOffset.FromUnixTimeSeconds(seconds) + ageMax < time.GetUtcNow();

    private string NewCase() =>
        time.GetUtcNow().ToUnixTimeSeconds().ToString("x8", CultureInfo.InvariantCulture)
        + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomLength));

    private BlobKey KeyOf(string name, int revision) =>
        BlobKey.ForAudit(site, string.Create(CultureInfo.InvariantCulture, $"pseudonyms/{name}.{revision:d4}"));

    private static string CaseOf(string name) => name[..PseudonymReference.CaseLength];

    private static int RevisionOf(string name) =>
        int.Parse(name.AsSpan(PseudonymReference.CaseLength + 1), CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> LeafOf(DocumentId document) => Convert.FromHexString(document.Value);
}
