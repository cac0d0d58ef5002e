namespace DualDb;

/// <summary>
/// What nobody but the application is shown: a member of an entity, of an event, or of what a saga is given or returns; or all values of a type. Where rows and payloads are shown to operators, by the dashboard and by <c>dualdb</c>,
/// <c>***</c> stands for it, and it is masked in the text of a record that the generator writes a part of (<c>ToString</c>), so that it does not get into logs. It is stored, sent and read as any other value is.
/// </summary>
/// <remarks>
/// Of a type with such a member, everything is masked that today's type does not declare: what an older version of it stored may have had another name. Texts that the application writes itself, such as the messages of its
/// exceptions, are not looked into.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SensitiveAttribute : Attribute;
