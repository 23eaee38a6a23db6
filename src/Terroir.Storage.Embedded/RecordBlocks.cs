namespace Terroir.Storage.Embedded;

/// <summary>Keeps many small records in few large arrays: a hundred thousand arrays would be moved by the collector of
/// garbage again and again while they are read.</summary>
internal sealed class RecordBlocks
{
    private const int SizeMinBytes = 16 << 10;
    private const int SizeMaxBytes = 1 << 20;

    private byte[] _block = [];
    private int _used;

    /// <summary>Copies a record.</summary>
    /// <returns>The copy; its block lives as long as one of its records.</returns>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> record)
    {
        if (record.Length > _block.Length - _used)
        {
            var size = Math.Clamp(_block.Length * 2, SizeMinBytes, SizeMaxBytes);
            _block = GC.AllocateUninitializedArray<byte>(Math.Max(size, record.Length));
            _used = 0;
        }

        record.CopyTo(_block.AsSpan(_used));
        var copy = _block.AsMemory(_used, record.Length);
        _used += record.Length;
        return copy;
    }
}
