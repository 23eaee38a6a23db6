using System.Reflection;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Terroir.Server.Protection;

/// <summary>Loads the module of a vendor: a shared library with the functions of PKCS#11.</summary>
internal static class Pkcs11Module
{
    // Where dlopen is: glibc has it in the first since 2.34 only for old programs, musl in its one library.
    private static readonly string[] Loaders = ["libdl.so.2", "libc.so.6", "libc.so"];

    static Pkcs11Module() =>
        NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, Resolve);

    /// <summary>Loads a module.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <returns>The module; whoever disposes it finishes it.</returns>
    /// <exception cref="TokenRefusedException">It is none.</exception>
    public static IPkcs11Library Load(string path)
    {
        try
        {
            var factories = new Pkcs11InteropFactories();
            return factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, path, AppType.MultiThreaded);
        }
        catch (Exception exception) when (exception is UnmanagedException or Pkcs11Exception)
        {
            throw new TokenRefusedException(
                $"'{path}' is no PKCS#11 module, or its driver is not there. Set 'tokenModule:' to the library of the "
                    + "token's vendor.",
                exception);
        }
    }

    // The package asks for 'libdl', a name that only the development files of glibc bring.
    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (!OperatingSystem.IsLinux() || !string.Equals(name, "libdl", StringComparison.Ordinal))
        {
            return IntPtr.Zero;
        }

        foreach (var loader in Loaders)
        {
            if (NativeLibrary.TryLoad(loader, out var handle))
            {
                return handle;
            }
        }

        return IntPtr.Zero;
    }
}
