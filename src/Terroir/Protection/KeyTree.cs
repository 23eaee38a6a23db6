using System.Security.Cryptography;

namespace Terroir.Protection;

/// <summary>Keys for 2^128 leaves out of one secret, any of which can be destroyed for good.</summary>
/// <remarks>
/// <para>The tree of Goldreich, Goldwasser and Micali (How to construct random functions, 1986), punctured as Boneh and
/// Waters (Constrained pseudorandom functions, 2013) do: whoever has a node derives all leaves below it, and nothing
/// above or beside it. To destroy a leaf, the node over it gives way to those beside the path to the leaf.</para>
/// <para>A node has 16 children, one for each hexadecimal digit of a leaf's id; a child is HMAC-SHA256 of the digit
/// under its parent. <see cref="Depth"/> digits lead to a node, and the leaf's key is HMAC-SHA256 of the whole id under
/// that. Two leaves that share these 64 bits are destroyed together; ids are digests, so none do by chance.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
internal sealed class KeyTree
{
    /// <summary>The length of a node and of a leaf's key in bytes.</summary>
    public const int KeySizeBytes = 32;

    /// <summary>The length of a leaf's id in bytes.</summary>
    public const int LeafSizeBytes = 16;

    /// <summary>How many digits of a leaf's id lead to its node.</summary>
    internal const int Depth = 16;

    private const int FanOut = 16;

    // No digit, so that a leaf's key is never a node.
    private const byte LeafMark = 0xFF;

    private const int EntrySizeBytes = 1 + (Depth / 2) + KeySizeBytes;

    private readonly Dictionary<(int Depth, ulong Path), byte[]> _nodes;

    private KeyTree(Dictionary<(int Depth, ulong Path), byte[]> nodes) => _nodes = nodes;

    /// <summary>How many nodes are kept: one, and at most 240 more for each destroyed leaf.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>A tree whose every leaf was destroyed.</summary>
    public static KeyTree Empty { get; } = new([]);

    /// <summary>Makes a whole tree.</summary>
    /// <returns>The tree.</returns>
    public static KeyTree Generate() => new(new() { [(0, 0)] = RandomNumberGenerator.GetBytes(KeySizeBytes) });

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The tree, or <see langword="null"/> if they are none.</returns>
    public static KeyTree? Read(ReadOnlySpan<byte> content)
    {
        var nodes = new Dictionary<(int Depth, ulong Path), byte[]>();
        if (content.Length % EntrySizeBytes != 0)
        {
            return null;
        }

        for (; !content.IsEmpty; content = content[EntrySizeBytes..])
        {
            var path = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(content[1..]);
            nodes[(content[0], path)] = content[(1 + (Depth / 2))..EntrySizeBytes].ToArray();
        }

        return nodes.Keys.All(node => node.Depth <= Depth && Prefix(node.Path, node.Depth) == node.Path)
            ? new KeyTree(nodes)
            : null;
    }

    /// <summary>Writes all nodes: for each its depth in a byte, its digits in 8 bytes, its key in 32. A
    /// secret.</summary>
    /// <returns>The bytes, by depth and digits.</returns>
    public byte[] Write()
    {
        var content = new byte[_nodes.Count * EntrySizeBytes];
        var at = content.AsSpan();
        foreach (var (node, key) in _nodes.OrderBy(item => item.Key.Depth).ThenBy(item => item.Key.Path))
        {
            at[0] = (byte)node.Depth;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(at[1..], node.Path);
            key.CopyTo(at[(1 + (Depth / 2))..]);
            at = at[EntrySizeBytes..];
        }

        return content;
    }

    /// <summary>Derives the key of a leaf.</summary>
    /// <param name="leaf">Its id: 16 bytes.</param>
    /// <param name="key">The key: 32 bytes.</param>
    /// <returns>Whether there is one; <see langword="false"/> if it was destroyed.</returns>
    public bool TryDerive(ReadOnlySpan<byte> leaf, Span<byte> key)
    {
        var path = PathOf(leaf);
        for (var depth = 0; depth <= Depth; depth++)
        {
            if (_nodes.TryGetValue((depth, Prefix(path, depth)), out var node))
            {
                node.CopyTo(key);
                for (; depth < Depth; depth++)
                {
                    Descend(key, Digit(path, depth));
                }

                Span<byte> message = stackalloc byte[1 + LeafSizeBytes];
                message[0] = LeafMark;
                leaf.CopyTo(message[1..]);
                HMACSHA256.HashData(key, message, key);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a leaf has a key.</summary>
    /// <param name="leaf">Its id: 16 bytes.</param>
    public bool Has(ReadOnlySpan<byte> leaf)
    {
        var path = PathOf(leaf);
        return Enumerable.Range(0, Depth + 1).Any(depth => _nodes.ContainsKey((depth, Prefix(path, depth))));
    }

    /// <summary>Destroys the keys of leaves.</summary>
    /// <param name="leaves">Their ids: 16 bytes each.</param>
    /// <returns>A tree that derives every other key as this one does. The keys are gone when this tree is, and all
    /// copies of what it wrote.</returns>
    public KeyTree Without(params IReadOnlyList<ReadOnlyMemory<byte>> leaves)
    {
        var nodes = new Dictionary<(int Depth, ulong Path), byte[]>(_nodes);
        foreach (var leaf in leaves)
        {
            Remove(nodes, PathOf(leaf.Span));
        }

        return new KeyTree(nodes);
    }

    private static void Remove(Dictionary<(int Depth, ulong Path), byte[]> nodes, ulong path)
    {
        for (var depth = 0; depth <= Depth; depth++)
        {
            if (nodes.Remove((depth, Prefix(path, depth)), out var node))
            {
                for (; depth < Depth; depth++)
                {
                    node = Split(nodes, node, path, depth);
                }

                return;
            }
        }
    }

    // Keeps the children that are not on the path, and returns the one that is.
    private static byte[] Split(
        Dictionary<(int Depth, ulong Path), byte[]> nodes,
        byte[] node,
        ulong path,
        int depth)
    {
        var next = node;
        for (var digit = 0; digit < FanOut; digit++)
        {
            var child = (byte[])node.Clone();
            Descend(child, digit);
            if (digit == Digit(path, depth))
            {
                next = child;
            }
            else
            {
                var shift = 4 * (Depth - 1 - depth);
                nodes[(depth + 1, Prefix(path, depth) | ((ulong)digit << shift))] = child;
            }
        }

        return next;
    }

    private static void Descend(Span<byte> key, int digit) => HMACSHA256.HashData(key, [(byte)digit], key);

    private static ulong PathOf(ReadOnlySpan<byte> leaf) => leaf.Length == LeafSizeBytes
        ? System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(leaf)
        : throw new ArgumentException($"A leaf is named by {LeafSizeBytes} bytes.", nameof(leaf));

    private static int Digit(ulong path, int depth) => (int)(path >> (4 * (Depth - 1 - depth))) & (FanOut - 1);

    private static ulong Prefix(ulong path, int depth) =>
        depth == 0 ? 0 : path & (ulong.MaxValue << (4 * (Depth - depth)));
}
