using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Sagas;

internal static class SagaTexts
{
    public static readonly Text Title = new("Sagas", "ซากา");
    public static readonly Text Counts = new("Under way and stopped", "กำลังทำงานและหยุดอยู่");
    public static readonly Text NoCounts = new("No saga is under way, and none waits for an operator.", "ไม่มีซากาที่กำลังทำงาน และไม่มีซากาที่รอผู้ปฏิบัติงาน");
    public static readonly Text List = new("Instances", "รายการ");
    public static readonly Text NoList = new("No saga matches the filter.", "ไม่มีซากาที่ตรงกับตัวกรอง");
    public static readonly Text Saga = new("Saga", "ซากา");
    public static readonly Text Id = new("Id", "รหัส");
    public static readonly Text Prefix = new("Id begins with", "รหัสขึ้นต้นด้วย");
    public static readonly Text Older = new("Older than, minutes", "เก่ากว่า (นาที)");
    public static readonly Text OnlyStuck = new("Only those that are stuck", "เฉพาะที่ติดอยู่");
    public static readonly Text Count = new("Count", "จำนวน");
    public static readonly Text Oldest = new("Oldest", "เก่าที่สุด");
    public static readonly Text CreatedAt = new("Started", "เริ่มเมื่อ");
    public static readonly Text FinishedAt = new("Finished", "เสร็จเมื่อ");
    public static readonly Text Deadline = new("Deadline", "กำหนดเวลา");
    public static readonly Text FailedStep = new("Failed step", "ขั้นที่ล้มเหลว");
    public static readonly Text Node = new("Node", "โหนด");
    public static readonly Text One = new("One saga", "ซากาหนึ่งรายการ");
    public static readonly Text None = new("There is no such saga: its id is unknown, or it was finished and is no longer kept.", "ไม่มีซากานี้ รหัสไม่เป็นที่รู้จัก หรือเสร็จแล้วและไม่ได้เก็บไว้");
    public static readonly Text Input = new("Input", "ข้อมูลเข้า");
    public static readonly Text Result = new("Result", "ผลลัพธ์");
    public static readonly Text Timeline = new("Timeline", "ลำดับเวลา");
    public static readonly Text NoTimeline = new("No step was tried yet.", "ยังไม่มีขั้นตอนใดถูกลอง");
    public static readonly Text InputNote = new("Each step is given the input of the saga and the results of the steps before it.", "แต่ละขั้นได้รับข้อมูลเข้าของซากาและผลลัพธ์ของขั้นก่อนหน้า");
    public static readonly Text Step = new("Step", "ขั้นตอน");
    public static readonly Text Attempt = new("Attempt", "ครั้งที่");
    public static readonly Text Took = new("Took", "ใช้เวลา");
    public static readonly Text Undo = new("compensation", "การชดเชย");
    public static readonly Text Audit = new("What operators did", "สิ่งที่ผู้ปฏิบัติงานทำ");
    public static readonly Text NoAudit = new("No operator has touched this saga.", "ยังไม่มีผู้ปฏิบัติงานดำเนินการกับซากานี้");
    public static readonly Text Resume = new("Resume", "ทำต่อ");
    public static readonly Text Retry = new("Retry a step", "ลองขั้นตอนใหม่");
    public static readonly Text Skip = new("Skip a step", "ข้ามขั้นตอน");
    public static readonly Text SkipUndo = new("Skip a compensation", "ข้ามการชดเชย");
    public static readonly Text Compensate = new("Compensate", "ชดเชยทั้งหมด");
    public static readonly Text StepResult = new("Result as JSON, for a step that returns one", "ผลลัพธ์เป็น JSON สำหรับขั้นที่คืนค่า");
    public static readonly Text Resumed = new("{0} goes on.", "{0} ทำงานต่อ");
    public static readonly Text Retried = new("{0} is tried again.", "กำลังลอง {0} ใหม่");
    public static readonly Text Skipped = new("{0} is taken for done.", "ถือว่า {0} เสร็จแล้ว");
    public static readonly Text Compensating = new("{0} undoes what it has done.", "{0} กำลังย้อนสิ่งที่ทำไปแล้ว");

    public static readonly Text Running = new("running", "กำลังทำงาน");
    public static readonly Text Waiting = new("waiting", "กำลังรอ");
    public static readonly Text IsCompensating = new("compensating", "กำลังชดเชย");
    public static readonly Text Completed = new("completed", "สำเร็จ");
    public static readonly Text Compensated = new("compensated", "ชดเชยแล้ว");
    public static readonly Text CompensationFailed = new("compensation failed", "การชดเชยล้มเหลว");
    public static readonly Text Parked = new("parked", "พักไว้");
}
