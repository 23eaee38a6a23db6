using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Terroir.Tests.Readers;

/// <summary>Small files of formats that no library here writes: made once, kept as text.</summary>
internal static class MadeFiles
{
    private const int SectorLength = 512;

    /// <summary>A 7z archive with a/b.txt and c.md.</summary>
    public static byte[] SevenZip { get; } = Convert.FromBase64String(
        "N3q8ryccAATgg6DwbQAAAAAAAAAgAAAAAAAAABg+EvABAAdib25qb3VyeAAAAIEzB64PzpwGxQkqrtOqhSYoExi7AyVoSWYdYy6B"
        + "+UY7+zhH+FAF8y3sFhdSOcWBHs6e3GQ8BRaNE+2hERMnYKmma25kfPfJyRhMYOORIb3xa95TmvKLVkShBWAjwAAAFwYMAQlhAAcL"
        + "AQABIwMBAQVdABAAAAxuCgH5UIvzAAA=");

    /// <summary>A 7z archive under a password.</summary>
    public static byte[] LockedSevenZip { get; } = Convert.FromBase64String(
        "N3q8ryccAARgxggHEAAAAAAAAABqAAAAAAAAADUeDlhpTgTPVk8x6zOza/AXhZYhAQQGAAEJEAAHCwEAAiQG8QcBClMHzg/ifM0U"
        + "16UhIQEAAQAMCwcACAoByPC2pQAABQEZCQAAAAAAAAAAABERAGEALwBiAC4AdAB4AHQAAAAZAgAAFAoBAIC3wpNqfd0BFQYBACCA"
        + "pIEAAA==");

    /// <summary>A workbook of Excel 97: a date, an amount in euros, a truth value, a merged cell.</summary>
    public static byte[] Xls { get; } = Unzip(
        "H4sIAAAAAAACA+1XzWsTQRT/zWY3TdKvfKjYHkLYKgW/UlurPTQ1rTlIoVqSgoiKba014kelVqg38eOmIHj14rEgqBcF8RD/AFF6"
        + "9NQKCt4s9FgTf/N2tyYVobWlUMx7/GZ3fzvz5s3Omzeznz5G5p69ap7HCumBD8VSEP4yThGG9xB2njWKpVLJo0tV2VLykyi6MDl/"
        + "ljufVfw/0GvaR3jzr9d8DREggkSIqCXqiHqigWh0UgAiRJSIEduI7cSOagxtGWSxPjFhKS+XqFW20bFWsLw9JYc8OqhT6EfnmvuP"
        + "wpD+DXfvWb3fjpzCBCZxBaO8TvD6r/17spo2+jtNW9gwWWv/5XKk/XD7evoOBpgF/BZGJz/UBAsKfiaOeZ4SXprv5azwhTiLGzqf"
        + "5PIdHVP9OWyK9IkPI0r7QLeQ4p3CU7IRNIlnUSljUr6Qeu+kTEk+A4YnC5kud74WVVrqPZLSlrIB2uIbafNZmINoxg9p8dhdCpbq"
        + "ZXRdxgiuIm52ogs7oWyEThzPJVHLMkFjeaqNvnEb16g2/FkbN6k2Zm/r93GzCd1MwiqDDJIYoCZx2tW42UqPI1At2IcWahsOEG1I"
        + "4Ax24XliPw7x6RjOYU4SNLC4Ikiq/ObyK8Xhu//Cp/7ghyXkHvDtjM6k8KshBpgOs3FGzUOmNkVdku3bkdDyQg1XLNR6CeE6lmPc"
        + "0PV9RAI5zLZLMwuzA6ODR88Lv0f4vVLeFeZOmf17wt93fg6MhuUk76RZ04i4fwz0rBcXmOkvuqRyyAz9/00aDjkoQ5omGRNzYZ5N"
        + "3OZ6pJpWYpV0lgbGSE/Ax+6VDEQ+1clvaYcx3FWN/idpywiQ0RYVzex2h8xaQzQwJYs1wR5u8Wtqk9ep38WwIb45Ekj3GFG8lv+j"
        + "dNnsfNUrVWrq4b1VjTxOVUzQpUCMKN8NJVnkA61E5SYpJrydyjmlme50bpT8Asex3WsADgAA");

    /// <summary>A compound file that holds one stream of this name.</summary>
    public static byte[] Compound(string stream)
    {
        var file = new byte[4 * SectorLength];
        ReadOnlySpan<byte> signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        signature.CopyTo(file);
        Put(file, 24, 0x0003003E);
        Put(file, 28, 0x0009FFFE);
        Put(file, 32, 6);
        Put(file, 44, 1);
        Put(file, 48, 1);
        Put(file, 56, 4_096);
        file.AsSpan(60, 16).Fill(0xFF);
        Put(file, 64, 0);
        Put(file, 72, 0);
        file.AsSpan(76, 436).Fill(0xFF);
        Put(file, 76, 0);
        file.AsSpan(SectorLength, SectorLength).Fill(0xFF);
        Put(file, SectorLength, 0xFFFFFFFD);
        Put(file, SectorLength + 4, 0xFFFFFFFE);
        PutEntry(file, 2 * SectorLength, "Root Entry", 5, 1);
        PutEntry(file, (2 * SectorLength) + 128, stream, 2, 0xFFFFFFFF);
        return file;
    }

    private static void PutEntry(byte[] file, int at, string name, byte type, uint child)
    {
        var length = Encoding.Unicode.GetBytes(name, file.AsSpan(at));
        Put(file, at + 64, (uint)length + 2);
        file[at + 66] = type;
        Put(file, at + 68, 0xFFFFFFFF);
        Put(file, at + 72, 0xFFFFFFFF);
        Put(file, at + 76, child);
        Put(file, at + 116, 0xFFFFFFFE);
    }

    private static void Put(byte[] file, int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);

    private static byte[] Unzip(string text)
    {
        using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var target = new MemoryStream();
        zip.CopyTo(target);
        return target.ToArray();
    }
}
