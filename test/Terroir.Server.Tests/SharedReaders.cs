using Microsoft.Extensions.DependencyInjection;
using Terroir.Documents;
using Terroir.Readers.Workers;

namespace Terroir.Server.Tests;

/// <summary>Reading processes that all sites of these tests share: each site for itself would start two, which costs
/// more than most tests do.</summary>
internal static class SharedReaders
{
    // They end with the process of the tests, which closes their input.
    private static readonly ReadWorkerPool Pool = new(ReadWorkerCommand.Find(), Environment.ProcessorCount);

    /// <summary>Has a site use them in place of its own.</summary>
    public static void Use(IServiceCollection services) => services.AddSingleton<IDocumentReader>(Pool);
}
