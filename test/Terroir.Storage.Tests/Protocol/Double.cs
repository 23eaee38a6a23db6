using System.Reflection;

namespace Terroir.Storage.Tests.Protocol;

/// <summary>A store that does one thing wrong, and everything else as the store behind it.</summary>
/// <typeparam name="T">The contract.</typeparam>
#pragma warning disable CA1852, MA0053 // The proxy of the base library is derived from it.
internal class Double<T> : DispatchProxy
    where T : class
#pragma warning restore CA1852, MA0053
{
    private T? _inner;
    private Func<T, string, object?[], object?>? _fault;

    /// <summary>Makes a double.</summary>
    /// <param name="inner">The store behind it.</param>
    /// <param name="fault">Answers a call by its name and arguments, or returns <see langword="null"/> to let it
    /// through.</param>
    public static T Of(T inner, Func<T, string, object?[], object?> fault)
    {
        var made = Create<T, Double<T>>();
        var self = (Double<T>)(object)made;
        (self._inner, self._fault) = (inner, fault);
        return made;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _fault!(_inner!, targetMethod!.Name, args!) ?? targetMethod.Invoke(_inner, args);
}
