namespace DualDb;

/// <summary>
/// Makes a partial class the root of the data layer: it gains a repository per entity of this assembly and of the assemblies it
/// references. Without one, a root named <c>DualDatabase</c> is generated in the project's root namespace.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DualDatabaseAttribute : Attribute;
