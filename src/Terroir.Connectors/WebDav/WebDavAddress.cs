using System.Text;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>Turns addresses of a server into paths of items and back, byte for byte.</summary>
internal sealed class WebDavAddress
{
    private readonly Uri _root;
    private readonly byte[][] _rootNames;

    /// <summary>Takes the root.</summary>
    /// <param name="root">The folder, with <c>/</c> at its end.</param>
    public WebDavAddress(Uri root)
    {
        _root = root;
        _rootNames = Split(root.AbsolutePath)!;
    }

    /// <summary>Finds the path of an address that the server tells.</summary>
    /// <param name="href">The address: a path, or with the server's name before it.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <returns>The path, empty for the root; <see langword="null"/> if it is outside of the root or can be no path.
    /// </returns>
    public string? TryPath(string href, bool isFolder)
    {
        if (TryLocal(href) is not { } local || Split(local) is not { } names || names.Length < _rootNames.Length)
        {
            return null;
        }

        for (var index = 0; index < _rootNames.Length; index++)
        {
            if (!names[index].AsSpan().SequenceEqual(_rootNames[index]))
            {
                return null;
            }
        }

        var own = names[_rootNames.Length..];
        return Array.Exists(own, name => !IsName(name))
            ? null
            : string.Join('/', own.Select((name, index) =>
                ItemPath.Encode(name, isFolder || index < own.Length - 1)));
    }

    /// <summary>Requires that the server calls the root as it was asked for; else nothing in it is known.</summary>
    /// <exception cref="SourceFaultException">It does not.</exception>
    public void RequireRoot(IReadOnlyList<WebDavResource> resources)
    {
        if (!resources.Any(resource => TryPath(resource.Href, isFolder: true) is ""))
        {
            throw new SourceFaultException(
                "The server calls this folder by another address, perhaps since the one that is set sends on to it. "
                + "Set 'url' to the address that the server shows.");
        }
    }

    /// <summary>Makes the address of a path.</summary>
    /// <param name="path">A path that <see cref="TryPath"/> gave.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public Uri ToUri(string path, bool isFolder)
    {
        var local = new StringBuilder(_root.AbsolutePath);
        if (path.Length > 0)
        {
            local.AppendJoin('/', path.Split('/').Select(name => Escape(ItemPath.Decode(name))));
            local.Append(isFolder ? "/" : "");
        }

        return new Uri(
            _root.GetLeftPart(UriPartial.Authority) + local,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static bool IsName(byte[] name) =>
        name.Length > 0
        && !name.AsSpan().Contains((byte)'/')
        && !name.AsSpan().SequenceEqual("."u8)
        && !name.AsSpan().SequenceEqual(".."u8);

    // The names between the slashes; the slashes at both ends part nothing.
    private static byte[][]? Split(string local)
    {
        var inner = local.EndsWith('/') ? local[..^1] : local;
        return inner.Length == 0 ? []
            : inner[0] != '/' ? null
            : [.. inner[1..].Split('/').Select(Unescape)];
    }

    private static byte[] Unescape(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var target = new List<byte>(bytes.Length);
        for (var index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] == (byte)'%' && index + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[index + 1]) && char.IsAsciiHexDigit((char)bytes[index + 2]))
            {
                target.AddRange(Convert.FromHexString(Encoding.ASCII.GetString(bytes, index + 1, 2)));
                index += 2;
            }
            else
            {
                target.Add(bytes[index]);
            }
        }

        return [.. target];
    }

    private static string Escape(byte[] name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var value in name)
        {
            var letter = (char)value;
            if (char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~')
            {
                text.Append(letter);
            }
            else
            {
                text.Append('%').Append(Convert.ToHexString([value]));
            }
        }

        return text.ToString();
    }

    private static string? TryLocal(string href)
    {
        var local = href.Split('?', '#')[0];
        var scheme = local.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return local;
        }

        // What is behind a proxy may tell its own scheme and name; the path decides, and only ours is ever asked.
        var end = local.IndexOf('/', scheme + 3);
        return end < 0 ? "/" : local[end..];
    }
}
