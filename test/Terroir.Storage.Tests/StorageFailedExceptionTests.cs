using System.ComponentModel;

namespace Terroir.Storage.Tests;

public sealed class StorageFailedExceptionTests
{
    // The system's own messages end without a full stop, those of the base library with one.
    [Theory]
    [InlineData("Input/output error")]
    [InlineData("Input/output error.")]
    public void The_cause_and_the_advice_are_two_sentences(string cause)
    {
        var exception = new StorageFailedException("object store", "fsync", false, new Win32Exception(5, cause));

        Assert.Equal(
            "The object store failed at 'fsync': Input/output error. "
            + "Stop writing to this disk, check it, and run 'terroir verify-store'.",
            exception.Message);
    }
}
