namespace DualDb.Consistency.Sagas.Running;

/// <summary>Ends a run without a trace: the instance is another node's, or nobody can tell whether it still is this one's.</summary>
internal sealed class InstanceLostException() : Exception("The instance is another node's now.");
