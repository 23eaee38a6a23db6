namespace Terroir.Ingestion.Turns;

/// <summary>Tells whether the machine is short of memory.</summary>
internal interface IMachineLoad
{
    /// <summary>Looks at the machine.</summary>
    /// <returns>Whether reading should take less of it.</returns>
    bool IsShort();
}
