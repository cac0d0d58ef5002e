namespace DualDb.Testing;

/// <summary>A <see cref="KillRig"/> could not start a worker, could not mend what it had spoiled, or waited in vain. The message holds the seed and what the worker said last.</summary>
public sealed class KillRigException : Exception
{
    /// <summary>Creates the exception with what failed.</summary>
    /// <param name="message">What failed, with the next step.</param>
    public KillRigException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what failed, and the failure beneath.</summary>
    /// <param name="message">What failed, with the next step.</param>
    /// <param name="innerException">The failure beneath.</param>
    public KillRigException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
