using System.Reflection;
using System.Runtime.InteropServices;

namespace Terroir.Readers.Recognition;

/// <summary>The calls of leptonica, the library by which Tesseract itself opens pictures (allheaders.h). A picture is
/// a pointer that <see cref="Destroy"/> gives back; 0 is a failure.</summary>
internal static unsafe partial class Leptonica
{
    private const string Library = "leptonica";
    private const int Silent = 6;

    // As Debian 12 and Debian 13 name it, then as others do.
    private static readonly string[] Names = ["liblept.so.5", "libleptonica.so.6", "liblept.so", "libleptonica.so"];

    private static readonly Lazy<nint> Handle = new(Load);

    static Leptonica() => NativeLibrary.SetDllImportResolver(
        typeof(Leptonica).Assembly,
        (name, _, _) => name is Library ? Handle.Value : 0);

    /// <summary>Whether the library is on this machine.</summary>
    public static bool IsThere => Handle.Value != 0;

    /// <summary>Keeps the library from writing of the file on standard error.</summary>
    public static void Silence() => _ = SetSeverity(Silent);

    [LibraryImport(Library, EntryPoint = "pixReadHeaderMem")]
    public static partial int ReadHeader(
        byte* data, nuint size, out int format, out int width, out int height, out int bits, out int samples,
            out int map);

    [LibraryImport(Library, EntryPoint = "readHeaderMemTiff")]
    public static partial int ReadTiffHeader(
        byte* data, nuint size, int page, out int width, out int height, out int bits, out int samples,
        out int resolution, out int map, out int format);

    [LibraryImport(Library, EntryPoint = "pixReadMem")]
    public static partial nint Read(byte* data, nuint size);

    [LibraryImport(Library, EntryPoint = "pixReadMemTiff")]
    public static partial nint ReadTiff(byte* data, nuint size, int page);

    [LibraryImport(Library, EntryPoint = "pixDestroy")]
    public static partial void Destroy(ref nint picture);

    [LibraryImport(Library, EntryPoint = "pixGetWidth")]
    public static partial int Width(nint picture);

    [LibraryImport(Library, EntryPoint = "pixGetHeight")]
    public static partial int Height(nint picture);

    [LibraryImport(Library, EntryPoint = "pixGetXRes")]
    public static partial int Resolution(nint picture);

    [LibraryImport(Library, EntryPoint = "pixRemoveAlpha")]
    public static partial nint RemoveAlpha(nint picture);

    [LibraryImport(Library, EntryPoint = "pixConvertTo8")]
    public static partial nint ToGray(nint picture, int keepsMap);

    [LibraryImport(Library, EntryPoint = "pixScale")]
    public static partial nint Scale(nint picture, float x, float y);

    [LibraryImport(Library, EntryPoint = "pixRotateOrth")]
    public static partial nint RotateQuarters(nint picture, int quarters);

    [LibraryImport(Library, EntryPoint = "pixRotate")]
    public static partial nint Rotate(nint picture, float radians, int type, int bringIn, int width, int height);

    [LibraryImport(Library, EntryPoint = "pixFindSkewSweepAndSearch")]
    public static partial int FindSkew(
        nint bitonal, out float degrees, out float confidence, int sweepReduction, int searchReduction, float range,
        float step, float smallestStep);

    [LibraryImport(Library, EntryPoint = "pixSauvolaBinarizeTiled")]
    public static partial int Binarize(
        nint gray, int window, float factor, int columns, int rows, nint* threshold, out nint bitonal);

    [LibraryImport(Library, EntryPoint = "pixOpenBrick")]
    public static partial nint Open(nint target, nint bitonal, int width, int height);

    [LibraryImport(Library, EntryPoint = "pixConnCompBB")]
    public static partial nint Components(nint bitonal, int connectivity);

    [LibraryImport(Library, EntryPoint = "boxaGetCount")]
    public static partial int Count(nint boxes);

    [LibraryImport(Library, EntryPoint = "boxaGetBoxGeometry")]
    public static partial int Box(nint boxes, int index, out int x, out int y, out int width, out int height);

    [LibraryImport(Library, EntryPoint = "boxaDestroy")]
    public static partial void DestroyBoxes(ref nint boxes);

    [LibraryImport(Library, EntryPoint = "pixWriteMem")]
    public static partial int Write(out byte* data, out nuint size, nint picture, int format);

    [LibraryImport(Library, EntryPoint = "lept_free")]
    public static partial void Free(void* data);

    [LibraryImport(Library, EntryPoint = "setMsgSeverity")]
    private static partial int SetSeverity(int severity);

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), searchPath: null, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
