using Terroir.Sovereignty;

namespace Terroir.Server.Policies;

/// <summary>The policies of a site as its folder has them at each question: who changes one need restart nothing.
/// </summary>
internal sealed class PolicyFolder(SiteFolder site) : IProcessingPolicies
{
    private readonly Lock _gate = new();
    private IReadOnlyDictionary<string, string> _files = new Dictionary<string, string>(StringComparer.Ordinal);
    private SitePolicies? _policies;

    /// <inheritdoc/>
    public SitePolicies? Find()
    {
        var files = Read();
        if (files.Count == 0)
        {
            return null;
        }

        lock (_gate)
        {
            if (_policies is null || !AreSame(files, _files))
            {
                (_policies, _files) = (SitePolicies.Parse(files), files);
            }

            return _policies;
        }
    }

    private IReadOnlyDictionary<string, string> Read()
    {
        try
        {
            return SitePolicies.ReadFolder(site.PoliciesFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Policies that cannot be read let nothing pass.
            throw new StorageFailedException("folder of policies", "read", isTransient: true, exception);
        }
    }

    private static bool AreSame(
        IReadOnlyDictionary<string, string> left,
        IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count
        && left.All(file => right.TryGetValue(file.Key, out var text)
            && string.Equals(text, file.Value, StringComparison.Ordinal));
}
