namespace Terroir.Connectors;

/// <summary>Where real servers listen that <c>eng/long/40-sources.sh</c> started.</summary>
internal static class RealServers
{
    /// <summary>A variable of the script; the test skips where it is not set.</summary>
    public static string Find(string name)
    {
        var value = Environment.GetEnvironmentVariables()[name] as string;
        Assert.SkipWhen(value is null, $"{name} is not set: eng/long/40-sources.sh starts the servers.");
        return value;
    }
}
