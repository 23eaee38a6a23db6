using System.Buffers.Binary;
using System.Text;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Protection;

/// <summary>The TPM 2.0 of a machine, which seals the master key of a site to what it measured when the machine
/// started (TCG TPM 2.0 Library, Part 1, 19.7.7: PolicyPCR).</summary>
/// <param name="pcrs">The registers that must be as they were, such as <c>sha256:0,7</c>.</param>
/// <param name="device">Which TPM, as tpm2-tools name it.</param>
/// <remarks>The sealed object lies under a primary key that the TPM derives from its own seed each time, so nothing
/// is kept in it.</remarks>
internal sealed class TpmToken(string pcrs, string device) : IKeyToken
{
    private const string Primary = "primary.ctx";
    private const string Policy = "policy";
    private const string Public = "public";
    private const string Private = "private";
    private const string Sealed = "sealed.ctx";

    private readonly TpmTool _tool = new(device);

    public string? Kind => "tpm";

    /// <summary>Seals a secret.</summary>
    /// <param name="secret">The secret; with the context at most 128 bytes.</param>
    /// <param name="context">What must be the same when it is unsealed; it is sealed with the secret.</param>
    /// <returns>The registers, the public and the private part of the sealed object, each after its length in two
    /// bytes, big-endian.</returns>
    /// <exception cref="TokenRefusedException">The TPM does not do it.</exception>
    public byte[] Wrap(byte[] secret, byte[] context) => InFolder(folder =>
    {
        CreatePrimary(folder);
        Run(folder, [], "tpm2_createpolicy", "-Q", "--policy-pcr", "-l", pcrs, "-L", Policy);
        Run(
            folder,
            [.. context, .. secret],
            "tpm2_create",
            "-Q",
            "-C",
            Primary,
            "-L",
            Policy,
            "-a",
            "fixedtpm|fixedparent|noda",
            "-i",
            "-",
            "-u",
            Public,
            "-r",
            Private);
        return
        [
            .. WithLength(Encoding.ASCII.GetBytes(pcrs)),
            .. WithLength(Read(folder, Public)),
            .. WithLength(Read(folder, Private)),
        ];
    });

    /// <summary>Unseals what <see cref="Wrap"/> sealed.</summary>
    /// <param name="wrapped">What it returned.</param>
    /// <param name="context">What it was sealed with.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="TokenRefusedException">The TPM does not do it, or it is another TPM.</exception>
    public byte[] Unwrap(byte[] wrapped, byte[] context) => InFolder(folder =>
    {
        var rest = wrapped.AsSpan();
        var registers = Encoding.ASCII.GetString(TakePart(ref rest));
        Write(folder, Public, TakePart(ref rest));
        Write(folder, Private, TakePart(ref rest));
        CreatePrimary(folder);
        Run(folder, [], "tpm2_load", "-Q", "-C", Primary, "-u", Public, "-r", Private, "-c", Sealed);
        var opened = Run(folder, [], "tpm2_unseal", "-c", Sealed, "-p", $"pcr:{registers}");
        return opened.AsSpan().StartsWith(context)
            ? opened[context.Length..]
            : throw new TokenRefusedException("what the TPM unsealed is no master key.");
    });

    private void CreatePrimary(string folder) =>
        Run(folder, [], "tpm2_createprimary", "-Q", "-C", "o", "-g", "sha256", "-G", "ecc", "-c", Primary);

    // A TPM without a resource manager before it keeps what was loaded, and has room for three objects.
    private byte[] Run(string folder, byte[] input, string program, params IReadOnlyList<string> arguments)
    {
        var output = _tool.Run(folder, input, program, arguments);
        _tool.Run(folder, [], "tpm2_flushcontext", "-t");
        return output;
    }

    // What is written there is of use to this TPM alone; no secret is among it.
    private static byte[] InFolder(Func<string, byte[]> use)
    {
        var folder = Directory.CreateTempSubdirectory("terroir-tpm-");
        try
        {
            return use(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Read(string folder, string name)
    {
        using var reader = new BinaryReader(File.OpenRead(Path.Combine(folder, name)));
        return reader.ReadBytes(ushort.MaxValue);
    }

    private static void Write(string folder, string name, byte[] content) =>
        DurableFile.Replace(Path.Combine(folder, name), content, DurableFile.OwnerOnly);

    private static byte[] WithLength(byte[] part)
    {
        var result = new byte[sizeof(ushort) + part.Length];
        BinaryPrimitives.WriteUInt16BigEndian(result, checked((ushort)part.Length));
        part.CopyTo(result, sizeof(ushort));
        return result;
    }

    private static byte[] TakePart(ref Span<byte> rest)
    {
        if (rest.Length < sizeof(ushort)
            || BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && rest.Length - sizeof(ushort) < length)
        {
            throw new TokenRefusedException("keys/master.key.token is cut off. Take it from a backup.");
        }

        var part = rest.Slice(sizeof(ushort), length).ToArray();
        rest = rest[(sizeof(ushort) + length)..];
        return part;
    }
}
