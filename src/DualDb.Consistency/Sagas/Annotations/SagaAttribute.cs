namespace DualDb.Consistency.Sagas;

/// <summary>
/// Makes a partial class a saga: steps in both databases and elsewhere, each with its way back, that are finished or undone whatever crashes in between. The generator writes its
/// definition and <c>db.Sagas.…</c>, where it is started.
/// </summary>
/// <param name="name">The name under which instances are kept, such as <c>create-order</c>: 1 to 200 characters. It outlives renames of the class.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SagaAttribute(string name) : Attribute
{
    /// <summary>The name under which instances are kept.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// How long an instance may take in seconds until it is compensated, by the clock of its home database; 0, as at first, for as long as it takes. Behind a <see cref="PivotAttribute"/>
    /// it no longer counts.
    /// </summary>
    public double DeadlineSeconds { get; set; }
}
